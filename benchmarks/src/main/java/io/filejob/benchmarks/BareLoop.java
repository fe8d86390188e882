package io.filejob.benchmarks;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code BareLoop FOLDER FILES ENTRIES THREADS}: creates FILES files of ENTRIES numbers each in the existing folder,
 * reads them back, deletes them, and prints the number of bytes read. The content is prepared in advance, and the bytes
 * read are not examined.
 */
public final class BareLoop {
    private static final int CONTENTS = 100;

    private final Path folder;
    private final List<byte[]> contents = new ArrayList<>();

    private BareLoop(Path folder, int entries) {
        this.folder = folder;
        for (int i = 0; i < CONTENTS; i++) {
            contents.add(SampleData.lines(i, entries));
        }
    }

    /** Runs the loop. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        BareLoop loop = new BareLoop(Path.of(args[0]), Integer.parseInt(args[2]));
        int files = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[3]);
        List<Future<Long>> parts = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                int first = i;
                parts.add(executor.submit(() -> loop.run(first, files, threads)));
            }
        }
        long bytes = 0;
        for (Future<Long> part : parts) {
            bytes += part.get();
        }
        System.out.println(bytes);
    }

    private long run(int first, int files, int step) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long bytes = 0;
        for (int i = first; i < files; i += step) {
            Path file = folder.resolve("numbers-" + i + ".txt");
            try (FileOutputStream out = new FileOutputStream(file.toString())) {
                out.write(contents.get(i % CONTENTS));
            }
            try (FileInputStream in = new FileInputStream(file.toString())) {
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    bytes += read;
                }
            }
            Files.delete(file);
        }
        return bytes;
    }
}
