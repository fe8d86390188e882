package io.filejob.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes finished results that wait in a ledger while their worker is busy with a long slice, in a thread of its own: a
 * slow download or a large picture must hide no progress, and a crash in it must lose no finished work.
 */
final class LedgerTimer implements AutoCloseable {
    private final LedgerWriter ledger;
    private final CountDownLatch closed = new CountDownLatch(1);

    private LedgerTimer(LedgerWriter ledger) {
        this.ledger = ledger;
    }

    /** Starts a timer, which runs until it is closed. */
    static LedgerTimer of(LedgerWriter ledger) {
        LedgerTimer timer = new LedgerTimer(ledger);
        Thread.ofPlatform().daemon().name("ledger-timer").start(timer::writeOverdue);
        return timer;
    }

    private void writeOverdue() {
        try {
            while (!closed.await(ledger.interval().toNanos(), TimeUnit.NANOSECONDS)) {
                ledger.flushOverdue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
