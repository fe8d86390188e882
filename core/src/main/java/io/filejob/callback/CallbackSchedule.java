package io.filejob.callback;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The delays between attempts that Standard Webhooks recommends, about three days in all. */
public final class CallbackSchedule {
    /** The delays after failed attempts, from the first one on; the first attempt has none. */
    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** The maximum number of attempts. */
    public static final int MAX_ATTEMPTS = DELAYS.size() + 1;

    /** The maximum delay that a receiver can ask for. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);
    /** A delay is prolonged by at most this percentage, so that messages of one time are not repeated at one time. */
    private static final int JITTER_PERCENT = 10;

    private CallbackSchedule() {}

    /**
     * Returns the delay after {@code failed} attempts for message {@code id}, empty after the last one. {@code
     * retryAfter} is the minimum that the receiver asks for, in seconds. The same arguments give the same delay.
     */
    public static Optional<Duration> delay(String id, int failed, @Nullable Long retryAfter) {
        if (failed >= MAX_ATTEMPTS) {
            return Optional.empty();
        }
        Duration planned = DELAYS.get(failed - 1);
        Duration delay = planned.plus(planned.multipliedBy(share(id, failed)).dividedBy(100));
        Duration asked = retryAfter == null ? Duration.ZERO : Duration.ofSeconds(Math.max(0, retryAfter));
        Duration granted = asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
        return Optional.of(granted.compareTo(delay) > 0 ? granted : delay);
    }

    /** Returns a percentage from 0 to {@value #JITTER_PERCENT} that looks random. */
    private static long share(String id, int failed) {
        CRC32 hash = new CRC32();
        hash.update((id + failed).getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % (JITTER_PERCENT + 1);
    }
}
