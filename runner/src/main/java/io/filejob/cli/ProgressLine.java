package io.filejob.cli;

import io.filejob.coverage.Coverage;
import io.filejob.log.EventLog;
import io.filejob.status.RowCounts;
import io.filejob.time.MonotonicClock;
import io.filejob.time.Waits;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a job: a bar on a terminal, otherwise a line every five seconds. Not thread-safe. */
final class ProgressLine implements Consumer<Coverage> {
    private static final int BAR = 24;
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

    private final @Nullable PrintWriter out;
    private final boolean terminal;
    private final Consumer<String> lines;
    private final Clock clock;
    private final Instant begun;
    private Instant lineDue;
    private @Nullable Coverage first;
    private boolean shown;

    private ProgressLine(@Nullable PrintWriter out, boolean terminal, Consumer<String> lines, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.lines = lines;
        this.clock = clock;
        this.begun = clock.instant();
        this.lineDue = begun.plus(LINE_INTERVAL);
    }

    static ProgressLine silent() {
        return new ProgressLine(null, false, _ -> {}, Clock.systemUTC());
    }

    // Without a terminal, JDK 25 returns null, although the check assumes that it never does.
    @SuppressWarnings("SystemConsoleNull")
    static ProgressLine on(PrintWriter out, Clock clock) {
        Console console = System.console();
        return of(
                out,
                console != null && console.isTerminal(),
                EventLog.of(out, System.getenv(), clock),
                MonotonicClock.startingAt(clock));
    }

    /** Returns an instance that shows a bar on a {@code terminal}, unless its {@code log} is in JSON. */
    static ProgressLine of(PrintWriter out, boolean terminal, EventLog log, Clock clock) {
        return new ProgressLine(out, terminal && !log.isJson(), log::line, clock);
    }

    /** Returns an instance that writes lines to {@code log}, with {@code out} behind it. */
    static ProgressLine log(PrintWriter out, EventLog log, Clock clock) {
        return of(out, false, log, MonotonicClock.startingAt(clock));
    }

    @Override
    public void accept(Coverage coverage) {
        if (out == null) {
            return;
        }
        if (first == null) {
            // Slices done by an earlier run must not count for the speed.
            first = coverage;
        }
        Instant now = clock.instant();
        if (terminal) {
            out.print("\r" + bar(coverage) + " " + text(coverage, first, now) + "\u001b[K");
            shown = true;
        } else if (!now.isBefore(lineDue)) {
            lines.accept(text(coverage, first, now));
            lineDue = now.plus(LINE_INTERVAL);
        }
        out.flush();
    }

    /** Shows the reason for waiting before there is a plan. */
    void waiting(String text) {
        if (out == null) {
            return;
        }
        Instant now = clock.instant();
        if (terminal) {
            out.print("\r" + text + "\u001b[K");
            shown = true;
        } else if (!now.isBefore(lineDue)) {
            lines.accept(text);
            lineDue = now.plus(LINE_INTERVAL);
        }
        out.flush();
    }

    /** Removes the bar. */
    void clear() {
        if (out != null && shown) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }

    private static String bar(Coverage coverage) {
        int full = (int)
                ((long) BAR * coverage.done() / Math.max(1, coverage.plan().slices()));
        return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
    }

    private String text(Coverage coverage, Coverage since, Instant now) {
        double seconds = Math.max(0.001, Duration.between(begun, now).toMillis() / 1000.0);
        int total = coverage.plan().slices();
        int done = coverage.done();
        RowCounts rows = coverage.rows();
        double rowRate = (rows.in() - since.rows().in()) / seconds;
        double byteRate = (coverage.bytes() - since.bytes()) / seconds;
        int fresh = done - since.done();
        String left = fresh == 0 ? "" : String.format(", %.0f s left", (total - done) * seconds / fresh);
        String waits = Waits.now().isEmpty() ? "" : "; " + String.join("; ", Waits.now());
        return String.format(
                "%d%% %,d of %,d slices, %s rows/s, %s bytes/s%s%s",
                100L * done / Math.max(1, total), done, total, short3(rowRate), short3(byteRate), left, waits);
    }

    private static String short3(double value) {
        String[] units = {"", "k", "M", "G", "T"};
        int unit = 0;
        double rest = value;
        while (rest >= 1000 && unit < units.length - 1) {
            rest /= 1000;
            unit++;
        }
        return String.format(unit == 0 ? "%.0f%s" : "%.1f%s", rest, units[unit]);
    }
}
