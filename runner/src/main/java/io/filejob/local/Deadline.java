package io.filejob.local;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops workers that take longer than the spec allows. For any thread. */
final class Deadline {
    private final @Nullable Long seconds;
    private volatile boolean exceeded;

    /** So many seconds from {@link #watch} on; never if null. */
    Deadline(@Nullable Long seconds) {
        this.seconds = seconds;
    }

    /** Stops {@code workers} when the time is over, unless {@code done} comes first. */
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

    /** Whether it was the deadline that stopped the workers. */
    boolean isExceeded() {
        return exceeded;
    }

    /** What to say then. */
    JobFailure failure(InterruptedException stopped) {
        return new JobFailure(
                ExitCode.TERMINATED,
                "DeadlineExceeded: the job is not done after spec.activeDeadlineSeconds: " + seconds
                        + ": allow more, or use more workers",
                stopped);
    }
}
