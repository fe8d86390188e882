package io.filejob.spill;

import io.filejob.bytes.ByteList;
import io.filejob.file.PendingFile;
import io.filejob.ledger.SpillFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes records in input order into key ranges, each with its own blocks: runs that are not sorted within a range. Rows
 * with nearly all distinct keys are thus written once and sorted once, by the worker that merges their range. A run ends
 * when its index reaches a limit, however many records follow.
 */
public final class RowBuckets {
    /** A block is written when it reaches this size in bytes; records are never split. */
    private static final int BLOCK = 16 << 10;
    /** Room of a bucket. If a record exceeds it, the block is written at once and the memory is released. */
    private static final int ROOM = BLOCK + (BLOCK >> 2);
    /** Number of evenly spread sample keys, which describe the distribution of the run's bytes. */
    private static final int SAMPLES = 24;
    /** Maximum size in bytes of an index entry without its key, in memory and in the file. */
    private static final int BYTES_PER_ENTRY = 100;

    private final String name;
    private final PendingFile file;
    private final Splitters borders;
    private final long indexLimit;
    private final ByteList[] buckets;
    private final long[] recordsInBlock;
    private final List<List<BlockIndex.IndexedBlock>> index = new ArrayList<>();
    private final List<SpillFile> runs = new ArrayList<>();
    /** The bucket of the last record. */
    private int last;
    /** The current run. */
    private RunBlocks blocks;

    private long indexBytes;

    /**
     * Writes to a file in which {@code start} bytes are already written; the index of a run takes at most about {@code
     * indexLimit} bytes.
     */
    public RowBuckets(String name, PendingFile file, long start, Splitters borders, long indexLimit) {
        this.name = name;
        this.file = file;
        this.blocks = new RunBlocks(name, file, start);
        this.borders = borders;
        this.indexLimit = indexLimit;
        this.buckets = new ByteList[borders.ranges()];
        this.recordsInBlock = new long[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new ByteList(ROOM);
            index.add(new ArrayList<>());
        }
    }

    /**
     * Begins the record of a key; some bytes after the key may be read. The states of the measures are appended to the
     * returned list.
     */
    public ByteList begin(byte[] bytes, int from, int length) {
        if (buckets[last].size > ROOM) {
            flush(last);
            buckets[last] = new ByteList(ROOM);
        }
        int number = borders.find(bytes, from, length);
        last = number;
        ByteList bucket = buckets[number];
        if (bucket.size >= BLOCK) {
            flush(number);
        }
        recordsInBlock[number]++;
        bucket.putVarint(length);
        bucket.putShort(bytes, from, from + length);
        return bucket;
    }

    private void flush(int number) {
        ByteList bucket = buckets[number];
        if (bucket.size == 0) {
            return;
        }
        byte[] low = borders.low(number);
        if (indexBytes + BYTES_PER_ENTRY + low.length > indexLimit && indexBytes > 0) {
            endRun();
        }
        indexBytes += BYTES_PER_ENTRY + low.length;
        index.get(number).add(blocks.write(bucket, recordsInBlock[number], low));
        recordsInBlock[number] = 0;
    }

    /** Writes the index of the blocks written so far, which form a run. */
    private void endRun() {
        runs.add(blocks.finish(index.stream().flatMap(List::stream).toList(), false, samples()));
        index.forEach(List::clear);
        indexBytes = 0;
        blocks = new RunBlocks(name, file, runs.getLast().end());
    }

    /** Writes the remaining blocks and the index; returns the runs. */
    public List<SpillFile> finish() {
        for (int number = 0; number < buckets.length; number++) {
            flush(number);
        }
        if (blocks.written() > 0) {
            endRun();
        }
        return List.copyOf(runs);
    }

    /**
     * Returns a number in [0, 1) that differs between names, with similar names far apart: the leading bits of a
     * product with the golden ratio (D. E. Knuth, The Art of Computer Programming, vol. 3, section 6.4).
     */
    static double shift(String name) {
        // Consecutive slice numbers spread well; the offsets of first records do not.
        String stem = name.replaceFirst("-from-[0-9]+", "");
        return ((stem.hashCode() * 0x9E3779B9) >>> 22) / 1024.0;
    }

    /** Returns the boundaries that divide the bytes into equal parts. */
    private List<String> samples() {
        List<String> samples = new ArrayList<>();
        // Slices are often alike, so the positions are shifted per slice: together, the samples divide the keys finely.
        long passed = (long) (shift(name) * blocks.written() / SAMPLES);
        for (int number = 0; number < buckets.length; number++) {
            if (number > 0 && passed >= blocks.written() * (samples.size() + 1) / SAMPLES) {
                samples.add(Base64.getEncoder().withoutPadding().encodeToString(borders.low(number)));
            }
            passed += index.get(number).stream()
                    .mapToLong(BlockIndex.IndexedBlock::size)
                    .sum();
        }
        return samples;
    }
}
