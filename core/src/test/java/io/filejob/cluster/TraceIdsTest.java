package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TraceIdsTest {
    @Test
    void idsFollowFromTheUid() {
        String uid = "0f6a3c1e-1111-4222-8333-444455556666";
        assertThat(TraceIds.trace(uid)).isEqualTo("83334444555566660f6a3c1e11114222");
        assertThat(TraceIds.job(uid)).matches("[0-9a-f]{16}").isEqualTo(TraceIds.job(uid));
        assertThat(TraceIds.trace("not a UUID")).matches("[0-9a-f]{32}");
    }

    /** OpenTelemetry's samplers keep a trace if the absolute value of its last 64 bits is below a part of the largest. */
    @Test
    void aSamplerKeepsItsShareOfTheTraces() {
        SplittableRandom random = new SplittableRandom(7);
        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            long high = (random.nextLong() & ~0xf000L) | 0x4000L;
            long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
            String trace = TraceIds.trace(new UUID(high, low).toString());
            if (Math.abs(Long.parseUnsignedLong(trace.substring(16), 16)) < Long.MAX_VALUE / 10) {
                kept++;
            }
        }
        assertThat(kept).isBetween(850, 1150);
    }
}
