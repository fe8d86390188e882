package io.filejob.storage.s3;

import java.time.Duration;

/**
 * Limits on requests to an object storage.
 *
 * @param silence maximum time without a byte
 * @param attempt maximum time of one attempt, enough for 8 MiB over a slow line
 * @param call maximum time of all attempts of a request
 * @param backoff maximum delay before another attempt
 */
public record S3Limits(Duration silence, Duration attempt, Duration call, Duration backoff) {
    public static final S3Limits DEFAULT =
            new S3Limits(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(3), Duration.ofSeconds(5));
}
