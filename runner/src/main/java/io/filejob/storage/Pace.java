package io.filejob.storage;

import java.time.Duration;

/**
 * How often a store may be asked.
 *
 * @param write the least time between two writes of a ledger that can wait
 * @param look how old a look at the others may be while there is work
 * @param poll the least time between two looks of a worker that waits
 * @param patience how long, at least, a slice is left to its owner when nothing happens
 * @param rank by how much later each further worker reads all ledgers when they seem complete: one is enough
 */
public record Pace(Duration write, Duration look, Duration poll, Duration patience, Duration rank) {
    /** A folder: looking is cheap, and a small job takes less than a second. */
    static final Pace FOLDER = new Pace(
            Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(5), Duration.ofMillis(200), Duration.ZERO);

    /** A bucket: requests take some ten milliseconds, and cost money. */
    static final Pace BUCKET = new Pace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(4),
            Duration.ofMillis(50));

    /** So that all workers together send no more than about 50 writes and 100 looks a second. */
    static Pace ofCluster(int workers) {
        Duration write = Duration.ofMillis(Math.max(2_000, 20L * workers));
        Duration look = Duration.ofMillis(Math.max(1_000, 10L * workers));
        // What an owner has done is seen after it is written, published and looked at.
        return new Pace(write, look, look, write.multipliedBy(2).plus(look.multipliedBy(2)), Duration.ofMillis(50));
    }
}
