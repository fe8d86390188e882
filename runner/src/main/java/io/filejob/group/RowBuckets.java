package io.filejob.group;

import io.filejob.job.Run;
import io.filejob.storage.WholeFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes records as they come into ranges of keys, each of which has blocks of its own: a run that is not sorted within a
 * range. So rows whose keys are nearly all different are written once and sorted once, by whoever merges their range.
 */
final class RowBuckets {
    /** A block is written when it has so many bytes; a record is never cut. */
    private static final int BLOCK = 16 << 10;
    /** So many keys, evenly spread, tell where the run has how much. */
    private static final int SAMPLES = 24;
    /** A bucket with a record so long is written at once, and does not keep its memory. */
    private static final int LONG = 4 * BLOCK;

    private final String name;
    private final WholeFile file;
    private final KeyBorders borders;
    private final ByteList[] buckets;
    private final long[] recordsInBlock;
    private final List<List<BlockIndex.Entry>> blocks = new ArrayList<>();
    /** The bucket of the record begun last. */
    private int last;

    private long written;
    private long records;

    /** Into a file that has nothing yet. */
    RowBuckets(String name, WholeFile file, KeyBorders borders) {
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

    /** Begins the record of a key, behind which some bytes may be read; the measures' states go to what this returns. */
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

    /** Writes the rest. */
    Run finish() {
        for (int number = 0; number < buckets.length; number++) {
            flush(number);
        }
        ByteList tail = new ByteList(1 << 12);
        BlockIndex.write(blocks.stream().flatMap(List::stream).toList(), tail);
        CRC32C checksum = new CRC32C();
        checksum.update(tail.array, 0, tail.size);
        file.write(tail.array, 0, tail.size);
        return new Run(name, false, 0, records, written, tail.size, checksum.getValue(), samples());
    }

    /**
     * From 0 on, below 1, different for different names, and far apart for names that differ little: the foremost bits of a
     * product with the golden ratio (D. E. Knuth, The Art of Computer Programming, vol. 3, section 6.4).
     */
    static double shift(String name) {
        // The numbers of slices follow each other, which spreads them well; where their first records start does not.
        String stem = name.replaceFirst("-from-[0-9]+", "");
        return ((stem.hashCode() * 0x9E3779B9) >>> 22) / 1024.0;
    }

    /** The borders behind which equally many bytes lie. */
    private List<String> samples() {
        List<String> samples = new ArrayList<>();
        // Not the same places in all slices, which are much alike: together they divide the keys finely.
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
