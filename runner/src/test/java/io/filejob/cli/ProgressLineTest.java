package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.coverage.Coverage;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.log.EventLog;
import io.filejob.plan.Cut;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.status.RowCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    private static final Plan PLAN = new Plan(
            new Fingerprint("s", "i", CUT),
            new FileSlicing(List.of(new InputFile("/f", 200_000_000, "0")), 1_000_000),
            0,
            false,
            false);

    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final StringWriter out = new StringWriter();

    private ProgressLine line(boolean terminal) {
        PrintWriter writer = new PrintWriter(out);
        return ProgressLine.of(writer, terminal, EventLog.of(writer, Map.of(), clock), clock);
    }

    @Test
    void withoutATerminalALineComesEveryFiveSeconds() {
        ProgressLine line = line(false);
        line.accept(done(0));
        now = now.plus(Duration.ofSeconds(4));
        line.accept(done(80));
        assertThat(out.toString()).isEmpty();
        now = now.plus(Duration.ofSeconds(1));
        line.accept(done(100));
        assertThat(out.toString())
                .isEqualTo("50% 100 of 200 slices, 20.0k rows/s, 20.0M bytes/s, 5 s left" + System.lineSeparator());
    }

    @Test
    void onATerminalABarMovesAndGoes() {
        ProgressLine line = line(true);
        now = now.plus(Duration.ofSeconds(1));
        line.accept(done(0));
        line.accept(done(50));
        line.clear();
        assertThat(out.toString())
                .isEqualTo("\r[                        ] 0% 0 of 200 slices, 0 rows/s, 0 bytes/s\u001b[K"
                        + "\r[######                  ] 25% 50 of 200 slices, 50.0k rows/s, 50.0M bytes/s, 3 s left\u001b[K"
                        + "\r\u001b[K");
    }

    @Test
    void whatAnEarlierRunHasDoneIsNoSpeed() {
        ProgressLine line = line(false);
        line.accept(done(100));
        now = now.plus(Duration.ofSeconds(5));
        line.accept(done(110));
        assertThat(out.toString()).contains("55% 110 of 200 slices, 2.0k rows/s", "45 s left");
    }

    private static Coverage done(int slices) {
        List<SliceResult> results = IntStream.range(0, slices)
                .mapToObj(slice -> SliceResult.builder(
                                slice, slice * 1_000_000L, (slice + 1) * 1_000_000L, new AveragePartial("0", 0))
                        .bytes(1_000_000)
                        .rows(new RowCounts(1000, 1000, 0))
                        .build())
                .toList();
        return Coverage.of(PLAN, List.of(new Ledger("f", 0, "a", results)));
    }
}
