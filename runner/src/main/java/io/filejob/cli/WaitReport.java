package io.filejob.cli;

import io.filejob.storage.Storage;
import io.filejob.time.Waits;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes changes of {@link Waits} on, from a daemon thread, until it is closed. */
final class WaitReport implements AutoCloseable {
    private final Consumer<String> target;
    private final Thread thread;
    private String reported = "";
    private boolean closed;

    /** Starts reporting: {@code target} receives a changed summary at most once in {@code interval}. */
    WaitReport(Duration interval, Consumer<String> target) {
        this.target = target;
        this.thread = Thread.ofPlatform().daemon().name("waits").start(() -> {
            try {
                while (true) {
                    Thread.sleep(interval);
                    report(Waits.summary());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void report(String summary) {
        if (!closed && !summary.equals(reported)) {
            target.accept(summary);
            reported = summary;
        }
    }

    /** Ends reporting; if waits were reported, reports that they are over. */
    @Override
    public void close() {
        synchronized (this) {
            report("");
            closed = true;
        }
        thread.interrupt();
    }

    /** Returns the result of {@code planning}, which may list files of {@code storage}; shows that as a wait. */
    static <T> T whileListing(Storage storage, ProgressLine line, Supplier<T> planning) {
        storage.onWait(text -> {
            line.waiting(text);
            Waits.update(storage, text);
        });
        try {
            return planning.get();
        } finally {
            Waits.end(storage);
        }
    }
}
