package io.filejob.cli;

import io.filejob.local.RunProgress;
import io.filejob.log.EventLog;
import io.filejob.log.Printable;
import io.filejob.terminal.Terminal;
import io.filejob.time.MonotonicClock;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a job: on a terminal in one line that is drawn again, elsewhere in lines, the first after 5 s and
 * each further one after twice the time, at most a minute. Not thread-safe.
 */
final class ProgressLine implements Consumer<RunProgress> {
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LAST_INTERVAL = Duration.ofMinutes(1);
    private static final String DOT = " · ";
    private static final String START_OF_LINE = "\r";
    private static final String REST_OF_LINE_EMPTY = "\u001b[K";

    private final @Nullable PrintWriter out;
    /** The width of the terminal in columns; null if there is no terminal. */
    private final @Nullable IntSupplier columns;

    private final String separator;
    private final Consumer<String> lines;
    private final Clock clock;
    private final ProgressText text;
    private Duration interval = FIRST_INTERVAL;
    private Instant lineDue;
    private boolean shown;

    private ProgressLine(
            @Nullable PrintWriter out,
            @Nullable IntSupplier columns,
            String separator,
            Consumer<String> lines,
            Clock clock) {
        this.out = out;
        this.columns = columns;
        this.separator = separator;
        this.lines = lines;
        this.clock = clock;
        this.text = new ProgressText(clock.instant());
        this.lineDue = clock.instant().plus(interval);
    }

    static ProgressLine silent() {
        return new ProgressLine(null, null, DOT, _ -> {}, Clock.systemUTC());
    }

    /** Returns an instance for {@code out}, which is standard error. */
    static ProgressLine on(PrintWriter out, Clock clock) {
        Terminal terminal = Terminal.atStandardError(System.getenv());
        Charset encoding = System.err.charset();
        return of(
                out,
                terminal == null ? null : terminal::columns,
                encoding.canEncode() && encoding.newEncoder().canEncode(DOT),
                EventLog.of(out, System.getenv(), clock),
                MonotonicClock.startingAt(clock));
    }

    /**
     * Returns an instance that draws on a terminal of {@code columns}, unless that is null or its {@code log} is in JSON;
     * {@code isUnicode} if characters beyond ASCII can be written.
     */
    static ProgressLine of(
            PrintWriter out, @Nullable IntSupplier columns, boolean isUnicode, EventLog log, Clock clock) {
        return new ProgressLine(out, log.isJson() ? null : columns, isUnicode ? DOT : ", ", log::line, clock);
    }

    /** Returns an instance that writes lines to {@code log}, with {@code out} behind it. */
    static ProgressLine log(PrintWriter out, EventLog log, Clock clock) {
        return of(out, null, true, log, MonotonicClock.startingAt(clock));
    }

    @Override
    public void accept(RunProgress progress) {
        Instant now = clock.instant();
        text.add(progress, now);
        show(() -> text.text(separator), now, progress.fraction() == 1);
    }

    /** Shows the reason for waiting before there is a plan. */
    void waiting(String reason) {
        show(() -> reason, clock.instant(), false);
    }

    private void show(Supplier<String> line, Instant now, boolean isLast) {
        if (out == null) {
            return;
        }
        if (columns != null) {
            // A full line would move the cursor to the next one.
            int width = Math.max(1, columns.getAsInt() - 1);
            out.print(START_OF_LINE + TextWidth.cut(Printable.line(line.get()), width) + REST_OF_LINE_EMPTY);
            shown = true;
        } else if (!now.isBefore(lineDue) || (isLast && shown)) {
            lines.accept(Printable.line(line.get()));
            Duration longer = interval.multipliedBy(2);
            interval = longer.compareTo(LAST_INTERVAL) > 0 ? LAST_INTERVAL : longer;
            lineDue = now.plus(interval);
            shown = true;
        }
        out.flush();
    }

    /** Removes the line from the terminal. */
    void clear() {
        if (out != null && columns != null && shown) {
            out.print(START_OF_LINE + REST_OF_LINE_EMPTY);
            out.flush();
        }
    }
}
