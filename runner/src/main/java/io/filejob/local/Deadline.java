package io.filejob.local;

import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops workers that exceed the time limit of the spec. For any thread. */
final class Deadline {
    private final @Nullable Long seconds;
    private volatile boolean exceeded;

    /** Creates a deadline {@code seconds} after {@link #watch}; null means no limit. */
    Deadline(@Nullable Long seconds) {
        this.seconds = seconds;
    }

    /** Stops {@code workers} at the deadline, unless {@code done} is released before. */
    void watch(Workers workers, Duration grace, CountDownLatch done) {
        Long limit = seconds;
        if (limit == null) {
            return;
        }
        Thread.ofPlatform().daemon().name("deadline").start(() -> {
            try {
                if (!done.await(limit, TimeUnit.SECONDS)) {
                    exceeded = true;
                    workers.stop(grace);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Returns whether the deadline stopped the workers. */
    boolean isExceeded() {
        return exceeded;
    }

    /** Returns the failure for an exceeded deadline. */
    JobFailedException failure(InterruptedException stopped) {
        return new JobFailedException(
                FailureReason.DEADLINE_EXCEEDED,
                "the job is not done after spec.activeDeadlineSeconds: " + seconds
                        + ": allow more, or use more workers",
                stopped);
    }
}
