package io.filejob.cli;

import io.filejob.log.EventLog;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs work that a signal stops in good order. The process then ends with 128 plus the signal's number, regardless of
 * the result of the work.
 */
final class Interruptible {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private Interruptible() {}

    /** The interruptible work. */
    interface InterruptibleWork<T> {
        T call() throws InterruptedException;
    }

    /**
     * Runs {@code work}. At a signal, calls {@code stop} and delays the end of the process until the work ends, at most
     * 15 s; then prints the name of the signal.
     */
    static <T> T call(InterruptibleWork<T> work, Runnable stop) throws InterruptedException {
        Signals.handle();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    // The hook also runs at the normal end of the process, when there is nothing to stop.
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
            boolean isCleanedUp = ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            EventLog log = Main.log(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            if (!isCleanedUp) {
                log.warn("not everything could be cleaned up");
            }
            log.error(Signals.describe(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
