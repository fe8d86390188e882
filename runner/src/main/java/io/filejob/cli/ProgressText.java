package io.filejob.cli;

import io.filejob.local.RunProgress;
import io.filejob.time.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The progress of a run in words, with the speed in the last 20 s and the time left at that speed. For one thread.
 */
final class ProgressText {
    private static final Duration WINDOW = Duration.ofSeconds(20);
    /** A time left is not told before this much is known about the speed. */
    private static final Duration FIRST_ESTIMATE = Duration.ofSeconds(1);

    private static final String[] UNITS = {"", "k", "M", "G", "T", "P"};

    private final Instant begun;
    private final Deque<TimedProgress> samples = new ArrayDeque<>();

    /** A progress at the time {@code at}. */
    private record TimedProgress(Instant at, RunProgress progress) {}

    /** Creates the text of a run that begins at {@code begun}. */
    ProgressText(Instant begun) {
        this.begun = begun;
    }

    /** Records {@code progress} at the time {@code now}. */
    void add(RunProgress progress, Instant now) {
        samples.add(new TimedProgress(now, progress));
        while (samples.size() > 2 && secondOldestIsEnough(now)) {
            samples.removeFirst();
        }
    }

    private boolean secondOldestIsEnough(Instant now) {
        TimedProgress oldest = samples.removeFirst();
        boolean enough = !samples.getFirst().at().isAfter(now.minus(WINDOW));
        samples.addFirst(oldest);
        return enough;
    }

    /** Returns the progress that was recorded last; {@code separator} is written between its parts. */
    String text(String separator) {
        TimedProgress last = samples.getLast();
        RunProgress progress = last.progress();
        List<String> parts = new ArrayList<>();
        parts.add((int) (100 * progress.fraction()) + "%");
        if (progress.step() > 1) {
            parts.add("step " + progress.step() + " of " + progress.steps());
        }
        parts.add(amount(progress));
        addSpeed(parts, last);
        Waits.now().forEach(parts::add);
        parts.add(time(Duration.between(begun, last.at())) + left(last));
        return String.join(separator, parts);
    }

    private static String amount(RunProgress progress) {
        if (!progress.isBytes()) {
            String slices = progress.total() == 1 ? "slice" : "slices";
            return String.format(Locale.ROOT, "%,d of %,d %s", progress.done(), progress.total(), slices);
        }
        int unit = unit((double) progress.total());
        return scaled((double) progress.done(), unit) + " of " + scaled((double) progress.total(), unit) + " "
                + UNITS[unit] + "B";
    }

    /** Adds the speed since the oldest sample; a stage that has just begun has none yet. */
    private void addSpeed(List<String> parts, TimedProgress last) {
        TimedProgress since = samples.stream()
                .filter(sample -> sample.progress().step() == last.progress().step())
                .findFirst()
                .orElse(last);
        double seconds = seconds(since, last);
        if (seconds == 0) {
            return;
        }
        long bytes = last.progress().done() - since.progress().done();
        if (last.progress().isBytes()) {
            parts.add(rate(bytes / seconds, "B/s"));
        }
        long rows = last.progress().rows() - since.progress().rows();
        if (rows > 0) {
            parts.add(rate(rows / seconds, " rows/s"));
        }
    }

    private static double seconds(TimedProgress from, TimedProgress to) {
        return Duration.between(from.at(), to.at()).toMillis() / 1000.0;
    }

    private String left(TimedProgress last) {
        TimedProgress since = samples.getFirst();
        double done = last.progress().fraction() - since.progress().fraction();
        boolean isEarly = Duration.between(since.at(), last.at()).compareTo(FIRST_ESTIMATE) < 0;
        if (done <= 0 || isEarly || last.progress().fraction() == 1) {
            return "";
        }
        double seconds = seconds(since, last) / done * (1 - last.progress().fraction());
        return ", about " + time(Duration.ofSeconds(Math.max(1, Math.round(seconds)))) + " left";
    }

    /** Returns {@code time} as minutes and seconds, with hours if there are any: 0:07, 1:02:03. */
    private static String time(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private static String rate(double value, String what) {
        int unit = unit(value);
        String space = what.startsWith(" ") ? "" : " ";
        return scaled(value, unit) + space + UNITS[unit] + what;
    }

    private static int unit(double value) {
        int unit = 0;
        for (double rest = value; rest >= 1000 && unit < UNITS.length - 1; rest /= 1000) {
            unit++;
        }
        return unit;
    }

    /** Returns {@code value} in the unit, with at most three digits and at most one of them after the point. */
    private static String scaled(double value, int unit) {
        double shown = value / Math.pow(1000, unit);
        return String.format(Locale.ROOT, unit == 0 || shown >= 99.95 ? "%.0f" : "%.1f", shown)
                .replaceFirst("\\.0$", "");
    }
}
