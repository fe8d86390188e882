package io.filejob.spill;

import io.filejob.bytes.ByteList;
import io.filejob.file.PendingFile;
import io.filejob.ledger.SpillFile;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes the blocks of a run, then their index, into a file that may contain several runs. For one thread. */
final class RunBlocks {
    private final String name;
    private final PendingFile file;
    private final long start;
    private long written;
    private long records;

    /** Creates a run that begins at offset {@code start} of the file {@code name}. */
    RunBlocks(String name, PendingFile file, long start) {
        this.name = name;
        this.file = file;
        this.start = start;
    }

    /** Returns the CRC-32C of the first {@code length} bytes. */
    static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    /** Returns the size in bytes of the blocks written so far. */
    long written() {
        return written;
    }

    /** Writes a block and clears it; returns its entry for the index. */
    BlockIndex.IndexedBlock write(ByteList block, long recordsInBlock, byte[] firstKey) {
        BlockIndex.IndexedBlock entry = new BlockIndex.IndexedBlock(
                written, block.size, checksum(block.array, block.size), recordsInBlock, firstKey);
        file.write(block.array, 0, block.size);
        written += block.size;
        records += recordsInBlock;
        block.clear();
        return entry;
    }

    /** Writes the index of all blocks; returns the run. */
    SpillFile finish(List<BlockIndex.IndexedBlock> index, boolean sorted, List<String> samples) {
        ByteList tail = new ByteList(BlockIndex.maxBytes(index));
        BlockIndex.write(index, tail);
        file.write(tail.array, 0, tail.size);
        long checksum = Integer.toUnsignedLong(checksum(tail.array, tail.size));
        return new SpillFile(name, sorted, start, records, written, tail.size, checksum, samples);
    }
}
