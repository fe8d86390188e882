package io.filejob.aggregate;

import io.filejob.file.PendingFile;
import io.filejob.ledger.SpillFile;
import io.filejob.spill.RowBuckets;
import io.filejob.spill.SpillSink;
import io.filejob.spill.SpillWriter;
import io.filejob.spill.Splitters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a slice, in one file: sorted ones at first. From a certain number of them on, or when the keys of nearly
 * all rows differ, groups are written into key ranges, which form few runs. For one thread.
 */
final class SliceRuns {
    /** Number of key ranges. */
    private static final int BUCKETS = 256;
    /** Maximum number of sorted runs of a slice: each takes space in a ledger. */
    private static final int MAX_SORTED = 16;
    /** Approximate size in bytes of a run in a ledger. */
    private static final int BYTES_PER_RUN = 64;
    /** Divisor of the ledger's share of a slice: the space for samples of keys. */
    private static final int SAMPLE_SHARE = 4;
    /** Divisor of the memory: the space for the index of a run. */
    private static final int INDEX_SHARE = 16;

    private final SortedGroups sorted;
    private final int maxSorted;
    private final int sampleLimit;
    private final long indexLimit;
    private final List<SpillFile> runs = new ArrayList<>();
    private @Nullable SpillSink sink;
    private @Nullable PendingFile file;
    private @Nullable RowBuckets buckets;

    /**
     * Creates runs of the groups in {@code sorted}.
     *
     * @param memory limit in bytes for the groups in memory
     * @param inlineLimit the space in bytes for the slice's groups in a ledger; runs take about as much
     */
    SliceRuns(SortedGroups sorted, long memory, int inlineLimit) {
        this.sorted = sorted;
        this.maxSorted = Math.clamp(inlineLimit / BYTES_PER_RUN, 2, MAX_SORTED);
        this.sampleLimit = inlineLimit / SAMPLE_SHARE;
        this.indexLimit = memory / INDEX_SHARE;
    }

    /** Discards unfinished runs and begins those of another slice. */
    void begin(SpillSink target) {
        giveUp();
        runs.clear();
        sink = target;
    }

    /** Discards unfinished runs. */
    void giveUp() {
        if (file != null) {
            file.close();
            file = null;
        }
        buckets = null;
    }

    boolean isEmpty() {
        return runs.isEmpty() && buckets == null;
    }

    /** Returns the key ranges; null before {@link #divide}. */
    @Nullable
    RowBuckets buckets() {
        return buckets;
    }

    /** From now on, groups are written into key ranges with boundaries taken from the current groups. */
    void divide() {
        buckets = new RowBuckets(sink().name(), file(), end(), new Splitters(sorted.borders(BUCKETS)), indexLimit);
    }

    /** Writes the current groups. */
    void write() {
        if (buckets == null && runs.size() == maxSorted) {
            divide();
        }
        if (buckets != null) {
            sorted.write(buckets::begin);
        } else {
            SpillWriter writer = new SpillWriter(sink().name(), file(), end());
            sorted.write(writer::begin);
            runs.add(writer.finish());
        }
    }

    /** Completes the file, if there is one; returns the runs. */
    List<SpillFile> finish() {
        if (buckets != null) {
            runs.addAll(buckets.finish());
        }
        if (file != null) {
            file.commit();
            giveUp();
        }
        return RunSamples.fit(runs, sampleLimit);
    }

    private long end() {
        return runs.isEmpty() ? 0 : runs.getLast().end();
    }

    private SpillSink sink() {
        return Objects.requireNonNull(sink, "a slice has begun");
    }

    private PendingFile file() {
        file = file == null ? sink().create() : file;
        return file;
    }
}
