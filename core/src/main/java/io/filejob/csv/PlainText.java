package io.filejob.csv;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes plain text of stored files, in UTF-8 and without a footer. Text that has to be decoded is read by the range at
 * the beginning of a file as a whole, and other ranges of the file are empty: offsets of the text are not those of the
 * file. Thread-safe.
 */
final class PlainText {
    private final Leniency leniency;

    PlainText(Leniency leniency) {
        this.leniency = leniency;
    }

    /** Reads a range of plain text. */
    interface PlainReader {
        RangeOutcome read(FileRange range) throws IOException;
    }

    /** Returns whether stored files are plain text already. */
    boolean isStored() {
        return leniency.encoding().isUtf8() && leniency.skipFooter() == 0;
    }

    /** Returns the plain text of {@code stored}. */
    ByteSource of(ByteSource stored) throws IOException {
        ByteSource text = leniency.encoding().isUtf8() ? stored : new DecodedSource(stored, leniency.encoding());
        if (leniency.skipFooter() == 0) {
            return text;
        }
        return text.size() == ByteSource.UNKNOWN
                ? new FooterlessSource(text, leniency.skipFooter())
                : new ShortenedSource(text, Footer.start(text, leniency.skipFooter()));
    }

    /** Reads the plain text of {@code range}; the outcome has offsets of the stored file. */
    RangeOutcome read(FileRange range, PlainReader reader) throws IOException {
        ByteSource stored = range.source();
        if (isStored()) {
            return reader.read(range);
        }
        ByteSource text = of(stored);
        if (stored.size() == ByteSource.UNKNOWN) {
            return reader.read(new FileRange(text, range.from(), range.to(), range.start()));
        }
        long size = text.size() == ByteSource.UNKNOWN ? 0 : text.size();
        boolean isWhole = text.size() == ByteSource.UNKNOWN;
        if (range.from() > 0 && range.from() >= size) {
            return nothing(stored.size());
        }
        long to = isWhole ? (range.to() == 0 ? 0 : Long.MAX_VALUE) : Math.min(range.to(), size);
        OptionalLong start = isWhole ? OptionalLong.of(0) : range.start();
        return stored(reader.read(new FileRange(text, range.from(), to, start)), isWhole ? 0 : size, stored.size());
    }

    /** Returns {@code outcome} with the end of the stored file instead of that of the text. */
    private static RangeOutcome stored(RangeOutcome outcome, long textSize, long storedSize) {
        return new RangeOutcome(
                outcome.start() > 0 && outcome.start() >= textSize ? storedSize : outcome.start(),
                outcome.end() > 0 && outcome.end() >= textSize ? storedSize : outcome.end(),
                outcome.startCertain(),
                outcome.lines(),
                outcome.rowsIn(),
                outcome.rowsUsed(),
                outcome.rowsRejected(),
                outcome.samples(),
                outcome.failure());
    }

    /** Returns the outcome of a range without text, at the end of a file of {@code size} bytes. */
    private static RangeOutcome nothing(long size) {
        return new RangeOutcome(size, size, true, 0, 0, 0, 0, List.of(), null);
    }
}
