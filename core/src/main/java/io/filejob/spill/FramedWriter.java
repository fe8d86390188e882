package io.filejob.spill;

import io.filejob.bytes.ByteList;
import io.filejob.file.PendingFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a {@link FramedRun} into a file that may contain several: records in key order. For one thread. */
final class FramedWriter implements RecordTarget {
    private final String name;
    private final PendingFile file;
    private final long start;
    private final ByteList block = new ByteList(SpillWriter.BLOCK + (SpillWriter.BLOCK >> 2));
    private final byte[] frame = new byte[FramedRun.FRAME];
    private long end;
    private int largest;

    /** Creates a run that begins at offset {@code start} of the file {@code name}. */
    FramedWriter(String name, PendingFile file, long start) {
        this.name = name;
        this.file = file;
        this.start = start;
        this.end = start;
    }

    @Override
    public ByteList begin(byte[] bytes, int from, int length) {
        if (block.size >= SpillWriter.BLOCK) {
            flush();
        }
        block.putVarint(length);
        block.put(bytes, from, from + length);
        return block;
    }

    private void flush() {
        if (block.size == 0) {
            return;
        }
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(block.size)
                .putInt(RunBlocks.checksum(block.array, block.size));
        file.write(frame, 0, frame.length);
        file.write(block.array, 0, block.size);
        end += frame.length + block.size;
        largest = Math.max(largest, block.size);
        block.clear();
    }

    /** Writes the remaining records; returns the run. */
    FramedRun finish() {
        flush();
        return new FramedRun(name, start, end, largest);
    }
}
