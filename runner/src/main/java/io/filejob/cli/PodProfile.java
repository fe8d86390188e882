package io.filejob.cli;

import io.filejob.failure.JobFailedException;
import io.filejob.profile.Profiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The profile of a worker in a pod. It may begin at any time, and is written at intervals and at the end. A profile that
 * cannot be recorded or written is reported once and does not fail the job. Safe to use from any thread.
 */
final class PodProfile implements AutoCloseable {
    private final Path folder;
    private final int limit;
    private final Duration interval;
    private final Consumer<String> writer;
    private final Consumer<String> log;
    private final CountDownLatch end = new CountDownLatch(1);
    private @Nullable Profiler profiler;
    private boolean begun;
    private boolean reported;

    /**
     * Creates a profile that has not begun.
     *
     * @param folder a folder for recordings
     * @param limit maximum length of the stacks in characters
     * @param interval the time between two writes
     * @param writer replaces the stored stacks
     * @param log receives the reason why there is no profile
     */
    PodProfile(Path folder, int limit, Duration interval, Consumer<String> writer, Consumer<String> log) {
        this.folder = folder;
        this.limit = limit;
        this.interval = interval;
        this.writer = writer;
        this.log = log;
    }

    /** Begins to record, unless it has begun. */
    synchronized void begin() {
        if (begun) {
            return;
        }
        begun = true;
        try {
            profiler = Profiler.start(folder);
            Thread.ofPlatform().daemon().name("profile").start(this::writeAtIntervals);
            log.accept("records a profile");
        } catch (JobFailedException e) {
            report(e);
        }
    }

    private void writeAtIntervals() {
        try {
            while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                write(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void write(boolean last) {
        Profiler current = profiler;
        if (current == null) {
            return;
        }
        if (last) {
            profiler = null;
        }
        try {
            writer.accept(last ? current.finish(limit) : current.stacks(limit));
        } catch (JobFailedException e) {
            // The next write may succeed, for example when the API server responds again.
            report(e);
        }
    }

    private void report(JobFailedException problem) {
        if (!reported) {
            reported = true;
            log.accept("cannot record a profile: " + problem.getMessage());
        }
    }

    /** Writes the profile, if it has begun, and ends it. */
    @Override
    public void close() {
        end.countDown();
        write(true);
    }
}
