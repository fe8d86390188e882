package io.filejob.storage.state;

import java.time.Duration;

/**
 * Intervals for the access to a store.
 *
 * @param write minimum time between two writes of a ledger that can wait
 * @param look maximum age of the known progress of other workers while there is work
 * @param poll minimum time between two looks of a waiting worker
 * @param patience minimum delay without progress before a slice is taken from its owner
 * @param rank additional delay for each further worker before it reads all ledgers of a seemingly complete stage, since
 * one reader is enough
 */
public record PollingPolicy(Duration write, Duration look, Duration poll, Duration patience, Duration rank) {
    /** For a folder, where a look is cheap and a small job takes less than a second. */
    public static final PollingPolicy FOLDER = new PollingPolicy(
            Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(5), Duration.ofMillis(200), Duration.ZERO);

    /** For a bucket, where a request takes about ten milliseconds and costs money. */
    public static final PollingPolicy BUCKET = new PollingPolicy(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(4),
            Duration.ofMillis(50));

    /** Returns intervals with which all workers together send at most about 50 writes and 100 looks a second. */
    public static PollingPolicy ofCluster(int workers) {
        Duration write = Duration.ofMillis(Math.max(2_000, 20L * workers));
        Duration look = Duration.ofMillis(Math.max(1_000, 10L * workers));
        // The progress of an owner becomes visible only after it is written, published and looked at.
        return new PollingPolicy(
                write, look, look, write.multipliedBy(2).plus(look.multipliedBy(2)), Duration.ofMillis(50));
    }
}
