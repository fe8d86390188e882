package io.filejob.group;

import io.filejob.file.PendingFile;
import io.filejob.job.SpillFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes records in input order into key ranges, each with its own blocks: a run that is not sorted within a range.
 * Rows with nearly all distinct keys are thus written once and sorted once, by the worker that merges their range.
 */
final class RowBuckets {
    /** A block is written when it reaches this size in bytes; records are never split. */
    private static final int BLOCK = 16 << 10;
    /** Number of evenly spread sample keys, which describe the distribution of the run's bytes. */
    private static final int SAMPLES = 24;
    /** A bucket with a record of this size is written at once, and its memory is released. */
    private static final int LONG = 4 * BLOCK;

    private final String name;
    private final PendingFile file;
    private final Splitters borders;
    private final ByteList[] buckets;
    private final long[] recordsInBlock;
    private final List<List<BlockIndex.Entry>> blocks = new ArrayList<>();
    /** The bucket of the last record. */
    private int last;

    private long written;
    private long records;

    /** Writes to a file that is still empty. */
    RowBuckets(String name, PendingFile file, Splitters borders) {
        this.name = name;
        this.file = file;
        this.borders = borders;
        this.buckets = new ByteList[borders.ranges()];
        this.recordsInBlock = new long[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new ByteList(BLOCK + (BLOCK >> 2));
            blocks.add(new ArrayList<>());
        }
    }

    /**
     * Begins the record of a key; some bytes after the key may be read. The states of the measures are appended to the
     * returned list.
     */
    ByteList begin(byte[] bytes, int from, int length) {
        if (buckets[last].size > LONG) {
            flush(last);
            buckets[last] = new ByteList(BLOCK + (BLOCK >> 2));
        }
        int number = borders.find(bytes, from, length);
        last = number;
        ByteList bucket = buckets[number];
        if (bucket.size >= BLOCK) {
            flush(number);
        }
        records++;
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
        CRC32C checksum = new CRC32C();
        checksum.update(bucket.array, 0, bucket.size);
        blocks.get(number)
                .add(new BlockIndex.Entry(
                        written, bucket.size, (int) checksum.getValue(), recordsInBlock[number], borders.low(number)));
        file.write(bucket.array, 0, bucket.size);
        written += bucket.size;
        recordsInBlock[number] = 0;
        bucket.clear();
    }

    /** Writes the remaining blocks and the index; returns the run. */
    SpillFile finish() {
        for (int number = 0; number < buckets.length; number++) {
            flush(number);
        }
        ByteList tail = new ByteList(1 << 12);
        BlockIndex.write(blocks.stream().flatMap(List::stream).toList(), tail);
        CRC32C checksum = new CRC32C();
        checksum.update(tail.array, 0, tail.size);
        file.write(tail.array, 0, tail.size);
        return new SpillFile(name, false, 0, records, written, tail.size, checksum.getValue(), samples());
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
        long passed = (long) (shift(name) * written / SAMPLES);
        for (int number = 0; number < buckets.length; number++) {
            if (number > 0 && passed >= written * (samples.size() + 1) / SAMPLES) {
                samples.add(Base64.getEncoder().withoutPadding().encodeToString(borders.low(number)));
            }
            passed += blocks.get(number).stream()
                    .mapToLong(BlockIndex.Entry::size)
                    .sum();
        }
        return samples;
    }
}
