package io.filejob.storage.fetch;

import java.time.Duration;

/**
 * Limits on one file that is fetched.
 *
 * @param bytes maximum size, also after unpacking
 * @param time maximum time of all attempts, with redirects, the body and the delays between attempts, and without the
 *     time in which the file waits for its turn at a host; only for {@code http:} and {@code https:}
 * @param perHost maximum number of connections to a host and port at a time
 */
public record FetchLimits(long bytes, Duration time, int perHost) {}
