package io.filejob.benchmarks;

import io.filejob.storage.Storage;
import io.filejob.storage.fetch.FetchLimits;
import io.filejob.storage.fetch.Fetcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code FetchImages URL IMAGES CONNECTIONS FOLDER}: fetches {@code URL0.jpg} and so on into a folder, and prints the
 * number of bytes.
 */
public final class FetchImages {
    private static final long MAX_BYTES = 25L << 20;

    private FetchImages() {}

    /** Fetches the images. */
    public static void main(String[] args) throws Exception {
        int images = Integer.parseInt(args[1]);
        int connections = Integer.parseInt(args[2]);
        Path folder = Path.of(args[3]);
        AtomicInteger next = new AtomicInteger();
        List<Future<Long>> parts = new ArrayList<>();
        try (Storage storage = new Storage(folder);
                Fetcher fetcher = storage.fetcher(new FetchLimits(MAX_BYTES, Duration.ofMinutes(1), connections));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                parts.add(threads.submit(() -> {
                    long bytes = 0;
                    for (int image = next.getAndIncrement(); image < images; image = next.getAndIncrement()) {
                        bytes += fetcher.fetch(args[0] + image + ".jpg", folder.resolve(image + ".jpg"));
                    }
                    return bytes;
                }));
            }
            long bytes = 0;
            for (Future<Long> part : parts) {
                bytes += part.get();
            }
            System.out.println(bytes);
        }
    }
}
