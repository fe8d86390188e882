package io.filejob.storage.http;

import java.time.Duration;

/**
 * Limits on the time that a {@link WebClient} waits for a server, and on the length of a page that nothing else limits.
 *
 * @param silence maximum time without a byte
 * @param head maximum time from the beginning of a request to the end of the response's head, however many informational
 *     responses precede it
 * @param period a body must bring at least {@code minBytes} bytes in each period that is spent waiting for it
 * @param minBytes minimum number of bytes in each period
 * @param pageBytes maximum length of a page whose server does not send its length, and which may therefore be endless
 */
public record WebLimits(Duration silence, Duration head, Duration period, long minBytes, long pageBytes) {
    public static final WebLimits DEFAULT =
            new WebLimits(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(1), 60 << 10, 64L << 30);
}
