package io.filejob.ledger;

import io.filejob.status.RowCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SliceResult}; its start is known, and it has no rows and no failure, unless they are set. */
public final class SliceResultBuilder {
    private final int slice;
    private final long start;
    private final long end;
    private boolean certain = true;
    private long lines;
    private long bytes;
    private RowCounts rows = RowCounts.NONE;
    private List<Rejection> samples = List.of();
    private @Nullable Rejection failure;
    private @Nullable RejectsFile rejects;
    private Partial partial;

    SliceResultBuilder(int slice, long start, long end, Partial partial) {
        this.slice = slice;
        this.start = start;
        this.end = end;
        this.partial = partial;
    }

    /** Sets whether the start is known and not guessed. */
    public SliceResultBuilder certain(boolean value) {
        this.certain = value;
        return this;
    }

    /** Sets the number of physical line ends within the last file. */
    public SliceResultBuilder lines(long value) {
        this.lines = value;
        return this;
    }

    /** Sets the number of input bytes. */
    public SliceResultBuilder bytes(long value) {
        this.bytes = value;
        return this;
    }

    /** Sets the counts of rows. */
    public SliceResultBuilder rows(RowCounts value) {
        this.rows = value;
        return this;
    }

    /** Sets the first bad records. */
    public SliceResultBuilder samples(List<Rejection> value) {
        this.samples = value;
        return this;
    }

    /** Sets the record at which the slice stopped. */
    public SliceResultBuilder failure(@Nullable Rejection value) {
        this.failure = value;
        return this;
    }

    /** Sets the file with all bad records. */
    public SliceResultBuilder rejects(@Nullable RejectsFile value) {
        this.rejects = value;
        return this;
    }

    /** Sets the contribution. */
    public SliceResultBuilder partial(Partial value) {
        this.partial = value;
        return this;
    }

    /** Returns the result. */
    public SliceResult build() {
        return new SliceResult(slice, start, end, certain, lines, bytes, rows, samples, failure, rejects, partial);
    }
}
