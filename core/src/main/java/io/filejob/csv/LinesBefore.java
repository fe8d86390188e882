package io.filejob.csv;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a file before its header: those that the spec skips, and then a line {@code sep=;}, with which
 * spreadsheets announce the delimiter. For one file.
 */
final class LinesBefore {
    private static final String SEPARATOR = "sep=";
    /** The length of the longest announcement, in quotes and with its line break. */
    private static final int ANNOUNCEMENT = SEPARATOR.length() + 5;

    private final Window window;
    private final CsvDialect dialect;
    private final long until;
    private long lines;

    /** Reads through {@code window} as far as {@code until} at once. */
    LinesBefore(Window window, CsvDialect dialect, long until) {
        this.window = window;
        this.dialect = dialect;
        this.until = until;
    }

    /** Returns the number of lines skipped. */
    long lines() {
        return lines;
    }

    /** Returns the index after the lines, which begin at index {@code from}; the window may have moved. */
    int skip(int from) throws IOException {
        int p = skipCounted(from);
        char announced = announced(p);
        if (announced == 0) {
            return p;
        }
        if (announced != dialect.delimiter()) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    window.name() + ": its first line says that fields are separated by \"" + announced
                            + "\": set spec.input.format.csv.delimiter to that");
        }
        return skipLine(p);
    }

    /**
     * Returns the index after the lines that the spec skips, which begin at index {@code from}; the window has the first
     * bytes after it.
     */
    int skipCounted(int from) throws IOException {
        int p = from;
        for (int i = 0; i < dialect.leniency().skipLines() && !isAtEnd(p); i++) {
            p = skipLine(p);
        }
        while (window.end - p < ANNOUNCEMENT && window.more(p, until)) {
            p = 0;
        }
        return p;
    }

    /** Returns the delimiter that the line at index {@code p} announces, 0 if it is another line. */
    char announced(int p) {
        int end = LineBreaks.next(window.bytes, p, Math.min(window.end, p + ANNOUNCEMENT));
        String line = new String(window.bytes, p, end - p, StandardCharsets.ISO_8859_1);
        String text = line.startsWith("\"") && line.endsWith("\"") && line.length() > 1
                ? line.substring(1, line.length() - 1)
                : line;
        boolean isLine = end == window.end || end - p < ANNOUNCEMENT;
        boolean isAnnouncement = isLine && text.length() == SEPARATOR.length() + 1 && text.startsWith(SEPARATOR);
        return isAnnouncement ? text.charAt(SEPARATOR.length()) : 0;
    }

    private boolean isAtEnd(int p) {
        return p == window.end && window.atEndOfFile();
    }

    private int skipLine(int from) throws IOException {
        int p = from;
        while (true) {
            p = LineBreaks.next(window.bytes, p, window.end);
            boolean needsMore = p == window.end || (window.bytes[p] == '\r' && p + 1 == window.end);
            if (!needsMore || window.atEndOfFile()) {
                break;
            }
            window.more(p, until);
            p = 0;
        }
        if (p == window.end) {
            return p;
        }
        lines++;
        boolean isPair = window.bytes[p] == '\r' && p + 1 < window.end && window.bytes[p + 1] == '\n';
        return p + (isPair ? 2 : 1);
    }
}
