package io.filejob.storage.http;

import java.time.Duration;

/**
 * Limits on the connections of a {@link WebClient}, on the time that it waits for a server, and on the length of a page
 * that nothing else limits.
 *
 * @param connections maximum number of connections, unused ones included
 * @param connect maximum time to connect to one address of a host
 * @param silence maximum time without a byte
 * @param head maximum time from the beginning of a request to the end of the response's head, however many informational
 *     responses precede it
 * @param period a body must bring at least {@code minBytes} bytes in each period that is spent waiting for it
 * @param minBytes minimum number of bytes in each period
 * @param pageBytes maximum length of a page whose server does not send its length, and which may therefore be endless
 */
public record WebLimits(
        int connections,
        Duration connect,
        Duration silence,
        Duration head,
        Duration period,
        long minBytes,
        long pageBytes) {
    public static final WebLimits DEFAULT =
            new WebLimits(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(1), 60 << 10, 64L << 30);

    /** Creates limits with enough connections for the read-ahead of all workers of a process. */
    public WebLimits(Duration silence, Duration head, Duration period, long minBytes, long pageBytes) {
        this(1000, Duration.ofSeconds(10), silence, head, period, minBytes, pageBytes);
    }
}
