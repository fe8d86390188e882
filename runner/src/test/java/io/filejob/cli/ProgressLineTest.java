package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.coverage.Coverage;
import io.filejob.local.RunProgress;
import io.filejob.log.EventLog;
import io.filejob.plan.Cut;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private static final Plan PLAN = new Plan(
            new Fingerprint("s", "i", new Cut(Cut.PROTOCOL, 10, 0, 0, 0)),
            new FileSlicing(List.of(new InputFile("/f", 200_000_000, "0")), 1_000_000),
            0,
            false,
            false);

    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final StringWriter out = new StringWriter();

    private ProgressLine line(@Nullable IntSupplier columns) {
        return line(columns, true, Map.of());
    }

    private ProgressLine line(@Nullable IntSupplier columns, boolean isUnicode, Map<String, String> environment) {
        PrintWriter writer = new PrintWriter(out);
        return ProgressLine.of(writer, columns, isUnicode, EventLog.of(writer, environment, clock), clock);
    }

    private void wait(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private static RunProgress read(double fraction, int megabytes) {
        return new RunProgress(
                Coverage.of(PLAN, List.of()),
                fraction,
                1,
                2,
                megabytes * 1_000_000L,
                200_000_000,
                true,
                megabytes * 100_000L);
    }

    private static RunProgress merged(double fraction, int done) {
        return new RunProgress(Coverage.of(PLAN, List.of()), fraction, 2, 2, done, 8, false, 20_000_000);
    }

    @Test
    void withoutATerminalLinesComeAfterFiveTenAndTwentySecondsAndAtTheEnd() {
        ProgressLine line = line(null);
        int seconds = 0;
        for (; seconds <= 40; seconds++) {
            line.accept(read(seconds / 100.0, 2 * seconds));
            wait(1);
        }
        line.accept(read(1, 200));
        assertThat(out.toString().lines())
                .containsExactly(
                        "5% · 10 of 200 MB · 2 MB/s · 200k rows/s · 0:05, about 1:35 left",
                        "15% · 30 of 200 MB · 2 MB/s · 200k rows/s · 0:15, about 1:25 left",
                        "35% · 70 of 200 MB · 2 MB/s · 200k rows/s · 0:35, about 1:05 left",
                        "100% · 200 of 200 MB · 7.9 MB/s · 790k rows/s · 0:41");
    }

    @Test
    void aShortJobWithoutATerminalWritesNothing() {
        ProgressLine line = line(null);
        line.accept(read(0, 0));
        wait(4);
        line.accept(read(1, 200));
        line.clear();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void onATerminalALineIsDrawnAgainAndRemoved() {
        ProgressLine line = line(() -> 80);
        line.accept(read(0, 0));
        wait(7);
        line.accept(read(0.43, 86));
        line.clear();
        assertThat(out.toString())
                .isEqualTo("\r0% · 0 of 200 MB · 0:00\u001b[K"
                        + "\r43% · 86 of 200 MB · 12.3 MB/s · 1.2M rows/s · 0:07, about 0:09 left\u001b[K"
                        + "\r\u001b[K");
    }

    @Test
    void aLineIsCutToTheWidthOfTheTerminal() {
        ProgressLine line = line(() -> 21);
        line.accept(read(0.43, 86));
        assertThat(out.toString()).isEqualTo("\r43% · 86 of 200 MB …\u001b[K");
    }

    @Test
    void laterStagesTellTheirNumberAndNoRows() {
        ProgressLine line = line(() -> 80);
        line.accept(read(0.8, 200));
        wait(1);
        line.accept(merged(0.8, 0));
        wait(1);
        line.accept(merged(0.85, 2));
        assertThat(out.toString()).endsWith("\r85% · step 2 of 2 · 2 of 8 slices · 0:02, about 0:06 left\u001b[K");
    }

    @Test
    void theTimeLeftFollowsFromTheLastSecondsAndNotFromAnEarlierRun() {
        ProgressLine line = line(null);
        line.accept(read(0.5, 100));
        wait(5);
        line.accept(read(0.55, 110));
        assertThat(out.toString()).isEqualTo("55% · 110 of 200 MB · 2 MB/s · 200k rows/s · 0:05, about 0:45 left\n");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        ProgressLine line = line(() -> 80);
        line.waiting("waiting for input a\u001b]0;title\u0007\n.csv");
        assertThat(out.toString()).isEqualTo("\rwaiting for input a\uFFFD]0;title\uFFFD\uFFFD.csv\u001b[K");
    }

    @Test
    void anEncodingWithoutTheDotGetsCommas() {
        ProgressLine line = line(() -> 80, false, Map.of());
        line.accept(read(0.43, 86));
        assertThat(out.toString()).startsWith("\r43%, 86 of 200 MB, 0:00");
    }

    @Test
    void aLogInJsonIsNotDrawnUpon() {
        ProgressLine line = line(() -> 80, true, Map.of("FILEJOB_LOG_JSON", "true"));
        line.accept(read(0.1, 20));
        assertThat(out.toString()).isEmpty();
    }
}
