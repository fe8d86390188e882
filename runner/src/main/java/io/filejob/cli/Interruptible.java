package io.filejob.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Work that a signal ends in good order. The process then ends with 128 plus the signal's number, whatever the work
 * returns.
 */
final class Interruptible {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Interruptible() {}

    /** What is done. */
    interface Work<T> {
        T call() throws InterruptedException;
    }

    /** Does {@code work}. At a signal, calls {@code stop} and lets the process end when the work has, or after a while. */
    static <T> T call(Work<T> work, Runnable stop) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    // Not at the normal end of the process.
                    if (ended.getCount() > 0) {
                        stop.run();
                        await(ended);
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("filejob: not everything could be cleaned up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
