package io.filejob.spill;

import io.filejob.bytes.ByteList;
import io.filejob.file.PendingFile;
import io.filejob.ledger.SpillFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Writes a run into a file that may contain several runs: records in key order, in blocks, then an index with the
 * offset, the checksum and the first key of each block, so that any range of keys can be read without the rest. A
 * record consists of the length of its key, the key, and the state of each measure.
 */
public final class SpillWriter {
    /** A block is written when it reaches this size in bytes; records are never split. */
    public static final int BLOCK = 16 << 10;
    /** Number of evenly spread sample keys, which describe the distribution of the run's bytes. */
    private static final int SAMPLES = 12;

    private final String name;
    private final RunBlocks blocks;
    private final ByteList block = new ByteList(BLOCK + (BLOCK >> 2));
    private final List<BlockIndex.IndexedBlock> index = new ArrayList<>();
    private byte[] firstKey = {};
    private final ByteList lastKey = new ByteList(256);
    private final long start;
    private long recordsInBlock;

    /** Creates a run that begins at offset {@code start} of the file. */
    public SpillWriter(String name, PendingFile file, long start) {
        this.name = name;
        this.blocks = new RunBlocks(name, file, start);
        this.start = start;
    }

    /** Begins the record of a key; the states of the measures are appended to the returned list. */
    public ByteList begin(byte[] bytes, int from, int length) {
        if (block.size >= BLOCK) {
            flush();
        }
        if (block.size == 0) {
            firstKey = BlockIndex.border(bytes, from, length);
        }
        lastKey.clear();
        lastKey.putShort(bytes, from, from + Math.min(length, BlockIndex.MAX_BORDER_LENGTH));
        recordsInBlock++;
        block.putVarint(length);
        block.putShort(bytes, from, from + length);
        return block;
    }

    private void flush() {
        if (block.size == 0) {
            return;
        }
        index.add(blocks.write(block, recordsInBlock, firstKey));
        recordsInBlock = 0;
    }

    /** Writes the remaining records and the index; returns the run. */
    public SpillFile finish() {
        flush();
        return blocks.finish(index, true, samples());
    }

    private List<String> samples() {
        List<String> samples = new ArrayList<>();
        int count = Math.min(SAMPLES, index.size());
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        for (int i = 0; i < count; i++) {
            int chosen = i == 0 ? 0 : (int) ((i + RowBuckets.shift(name + start)) * index.size() / (count + 1));
            samples.add(base64.encodeToString(index.get(chosen).firstKey()));
        }
        samples.add(base64.encodeToString(lastKey.toArray()));
        return samples;
    }
}
