package io.filejob.csv;

import io.filejob.numeric.DecimalSum;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads ranges of files with one number per line. */
final class LinesScanner {
    private final Window window;
    private final Tally tally;
    private final DecimalSum sum;
    private final PlainLines plainLines;

    LinesScanner(Window window, Tally tally, DecimalSum sum) {
        this.window = window;
        this.tally = tally;
        this.sum = sum;
        this.plainLines = new PlainLines(sum);
    }

    RangeOutcome read(FileRange range) throws IOException {
        long start = range.from() == 0
                ? 0
                : range.start().isPresent()
                        ? range.start().getAsLong()
                        : LineStart.find(window, range.from(), range.to());
        long to = range.to();
        tally.start(start);
        tally.times.onePass();
        if (start >= to) {
            return tally.outcome(start, start, true);
        }
        int p = window.seek(start);
        if (start == 0) {
            p = FileStart.skipMark(window, to);
            // The byte order mark belongs to the first line, so the range that starts with the mark reads that line.
            to = Math.min(Math.max(to, p + 1), window.size());
        }
        while (!tally.failed() && window.base + p < to) {
            int edge = (int) Math.min(window.end, to - window.base);
            int limit = LineBreaks.lastLineStart(window.bytes, p, edge);
            p = limit > p ? wholeLines(p, limit) : lineAcross(p, to);
        }
        return tally.outcome(start, window.base + p, true);
    }

    /** Reads the lines in {@code [from, limit)}, all of them complete. */
    private int wholeLines(int from, int limit) {
        byte[] bytes = window.bytes;
        long linesBefore = tally.lines;
        int p = from;
        while (p < limit && !tally.failed()) {
            long plain = sum.count();
            p = plainLines.add(bytes, p, limit);
            plain = sum.count() - plain;
            tally.used += plain;
            tally.lines += plain;
            if (p < limit) {
                int end = LineBreaks.next(bytes, p, limit);
                boolean crLf = bytes[end] == '\r' && bytes[end + 1] == '\n';
                plainLines.expect(crLf);
                line(p, end, from, linesBefore);
                p = end + (crLf ? 2 : 1);
                tally.lines++;
            }
        }
        return p;
    }

    /** Reads the line at {@code from}, which may be only partly in the window. */
    private int lineAcross(int from, long to) throws IOException {
        int p = from;
        int end = LineBreaks.next(window.bytes, p, window.end);
        while (isCutOff(end) && end - p <= window.recordLimit() && window.more(p, to)) {
            end = LineBreaks.next(window.bytes, end - p, window.end);
            p = 0;
        }
        byte[] bytes = window.bytes;
        line(p, end, p, tally.lines);
        if (end == window.end) {
            return end;
        }
        tally.lines++;
        return end + (bytes[end] == '\r' && end + 1 < window.end && bytes[end + 1] == '\n' ? 2 : 1);
    }

    private boolean isCutOff(int end) {
        return end == window.end || (window.bytes[end] == '\r' && end + 1 == window.end);
    }

    private void line(int from, int end, int counted, long linesBefore) {
        if (from == end) {
            return;
        }
        if (end - from > window.recordLimit()) {
            tally.fail(bad(from, end, linesBefore + LineBreaks.count(window.bytes, counted, from), window.tooLong()));
            return;
        }
        @Nullable String reason = sum.addOrReason(window.bytes, from, end);
        if (reason == null) {
            tally.used++;
        } else if (tally.reject()) {
            BadRecord bad = bad(from, end, linesBefore + LineBreaks.count(window.bytes, counted, from), reason);
            tally.sample(bad, window.bytes, from, end);
        }
    }

    private BadRecord bad(int from, int end, long linesBefore, String reason) {
        String text = Tally.text(window.bytes, from, end);
        return new BadRecord(window.base + from, linesBefore + 1, null, reason, text);
    }
}
