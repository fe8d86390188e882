package io.filejob.benchmarks;

import io.filejob.image.CompressionOptions;
import io.filejob.image.ImageCompressor;
import io.filejob.image.ImageException;
import io.filejob.image.LibvipsMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * {@code CompressImages FOLDER OUTPUT THREADS SCALE}: compresses all files of a folder with the default options and a
 * scale in percent, and prints the number of bytes written.
 */
public final class CompressImages {
    private final ImageCompressor compressor;
    private final CompressionOptions options;
    private final Path output;

    private CompressImages(ImageCompressor compressor, CompressionOptions options, Path output) {
        this.compressor = compressor;
        this.options = options;
        this.output = output;
    }

    /** Compresses the files. */
    public static void main(String[] args)
            throws IOException, LibvipsMissingException, InterruptedException, ExecutionException {
        CompressionOptions options = CompressionOptions.defaults().withScale(Integer.parseInt(args[3]));
        CompressImages images = new CompressImages(ImageCompressor.open(), options, Path.of(args[1]));
        List<Future<Long>> parts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(args[0]));
                ExecutorService executor = Executors.newFixedThreadPool(Integer.parseInt(args[2]))) {
            for (Path file : files.sorted().toList()) {
                parts.add(executor.submit(() -> images.compress(file)));
            }
        }
        long bytes = 0;
        for (Future<Long> part : parts) {
            bytes += part.get();
        }
        System.out.println(bytes);
    }

    private long compress(Path file) throws IOException, ImageException {
        byte[] bytes = compressor.compress(Files.readAllBytes(file), options).bytes();
        Files.write(output.resolve(file.getFileName()), bytes);
        return bytes.length;
    }
}
