package io.filejob.engine.images;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.fetch.FetchException;
import io.filejob.storage.fetch.Fetcher;
import io.filejob.time.Waits;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the images of a slice into files, in any order, while the caller takes those that are there. Each host has as
 * many threads as connections, so that a slow host delays its own images only. The files that wait to be taken have a
 * bounded size. {@link #take} and {@link #release} are for one thread.
 */
final class ImageFetches implements AutoCloseable {
    /** Maximum size of the files that wait or are being fetched, in bytes, if a single image is not larger. */
    private static final long MAX_WAITING = 512L << 20;

    private static final int UNIT = 1 << 10;
    /** Number of files of this machine, or objects, that are fetched at a time. */
    private static final int WITHOUT_HOST = 8;

    private final Fetcher fetcher;
    private final Path folder;
    private final int units;
    private final Semaphore space;
    private final BlockingQueue<FetchedOrFailed> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger files = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private record FetchedOrFailed(
            @Nullable FetchedImage image, @Nullable Throwable failure) {}

    /** Begins to fetch {@code urls} into {@code folder}; each image has up to {@code maxBytes}. */
    ImageFetches(Fetcher fetcher, Collection<String> urls, int perHost, long maxBytes, Path folder) {
        this.fetcher = fetcher;
        this.folder = folder;
        this.units = Math.toIntExact(Math.ceilDiv(maxBytes, UNIT));
        this.space = new Semaphore((int) Math.max(units, MAX_WAITING / UNIT), true);
        Map<String, Queue<String>> byHost = new LinkedHashMap<>();
        for (String url : urls) {
            byHost.computeIfAbsent(host(url), _ -> new ArrayDeque<>()).add(url);
        }
        byHost.forEach((host, queue) -> {
            Queue<String> open = new ConcurrentLinkedQueue<>(queue);
            int connections = Math.min(queue.size(), host.startsWith("http") ? perHost : WITHOUT_HOST);
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> fetchAll(open));
            }
        });
    }

    /** Returns the scheme, host and port of a URL; of one without a host the scheme. */
    private static String host(String url) {
        int begin = url.indexOf("//");
        int scheme = url.indexOf(':');
        int end = begin < 0 ? -1 : url.indexOf('/', begin + 2);
        String host = url.substring(0, end < 0 ? url.length() : end).toLowerCase(Locale.ROOT);
        return host.startsWith("http") ? host : url.substring(0, Math.max(scheme, 0));
    }

    private void fetchAll(Queue<String> urls) {
        try {
            for (String url = urls.poll(); url != null; url = urls.poll()) {
                ends.add(new FetchedOrFailed(fetch(url), null));
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            ends.add(new FetchedOrFailed(null, e));
        }
    }

    private FetchedImage fetch(String url) throws InterruptedException {
        Path file = folder.resolve("fetched-" + files.incrementAndGet());
        space.acquire(units);
        int unused = units;
        try {
            long bytes = fetcher.fetch(url, file);
            unused -= units(bytes);
            return new FetchedImage(url, file, bytes, null);
        } catch (FetchException e) {
            return new FetchedImage(url, file, 0, e.problem().reason());
        } finally {
            space.release(unused);
        }
    }

    private int units(long bytes) {
        return (int) Math.min(units, Math.ceilDiv(bytes, UNIT));
    }

    /** Returns the next image that was fetched, or could not be; to be called once for each URL. */
    FetchedImage take() {
        Waits.beginIfLong(this, "waiting for images");
        try {
            FetchedOrFailed end = ends.take();
            if (end.image() != null) {
                return end.image();
            }
            throw failure(end.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while images were fetched", e);
        } finally {
            Waits.end(this);
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default ->
                new JobFailedException(ExitCode.INTERRUPTED, "interrupted while images were fetched", cause);
        };
    }

    /** Makes the space of an image available, after its file has been deleted or counts no more. */
    void release(FetchedImage image) {
        space.release(units(image.bytes()));
    }

    /** Ends all threads. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
