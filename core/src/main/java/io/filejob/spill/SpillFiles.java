package io.filejob.spill;

import io.filejob.bytes.ByteList;
import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.SpillFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Open runs. Their content is verified against the checksums. */
public final class SpillFiles implements AutoCloseable {
    /** Maximum number of bytes of a run to read at once; reading more saves nothing. */
    public static final int MAX_AT_ONCE = 1 << 20;

    /** Approximate memory of an index entry without its key, in bytes. */
    private static final long BYTES_PER_ENTRY = 72;

    private final Folder folder;
    private final SpillBuffers buffers;
    private final int bytesAtOnce;
    private final Map<String, ByteSource> open = new HashMap<>();
    private final List<byte[]> taken = new ArrayList<>();
    private long heldBytes;

    /** Reads about {@code bytesAtOnce} bytes of a run at a time, into {@code buffers}. */
    public SpillFiles(Folder folder, SpillBuffers buffers, int bytesAtOnce) {
        this.folder = folder;
        this.buffers = buffers;
        this.bytesAtOnce = bytesAtOnce;
    }

    /** Returns a cursor before the first record of {@code range}. */
    public SpillCursor cursor(SpillFile run, SpillCursor.KeyRange range) {
        ByteSource source = open.computeIfAbsent(run.name(), folder::open);
        // The runs of a file are read alternately, so prefetching does not work.
        source.expect(0, 0);
        if (source.size() < run.start() + run.bytes() + run.indexBytes()) {
            throw damaged(run.name());
        }
        byte[] index = new byte[run.indexBytes()];
        read(source, run.name(), run.start() + run.bytes(), index, index.length);
        check(run.name(), index, index.length, run.checksum());
        List<BlockIndex.IndexedBlock> entries = BlockIndex.read(index, range.low(), range.high());
        int largest =
                entries.stream().mapToInt(BlockIndex.IndexedBlock::size).max().orElse(0);
        hold(largest);
        for (BlockIndex.IndexedBlock entry : entries) {
            heldBytes += BYTES_PER_ENTRY + entry.firstKey().length;
        }
        return new SpillCursor(new FileBlocks(source, run, entries, largest), run.sorted(), range);
    }

    /** Returns a cursor before the first record of {@code run}. */
    public SpillCursor cursor(FramedRun run) {
        ByteSource source = open.computeIfAbsent(run.name(), folder::open);
        source.expect(0, 0);
        if (source.size() < run.end()) {
            throw damaged(run.name());
        }
        hold(run.largest());
        return new SpillCursor(new FramedBlocks(source, run), true, SpillCursor.KeyRange.all());
    }

    /** Counts the memory for the bytes that are read at once, and for a block. */
    private void hold(int largest) {
        heldBytes += Math.max(bytesAtOnce, largest) + Math.max(SpillWriter.BLOCK, largest);
    }

    /** Takes the buffers of all cursors back, which must not be used any more. Files stay open. */
    public void release() {
        buffers.back(taken);
        taken.clear();
        heldBytes = 0;
    }

    /** Returns the approximate memory of all cursors in bytes. */
    public long held() {
        return heldBytes;
    }

    private void read(ByteSource source, String name, long offset, byte[] into, int length) {
        int done = 0;
        try {
            while (done < length) {
                int count = source.read(offset + done, into, done, length - done);
                if (count < 0) {
                    throw damaged(name);
                }
                done += count;
            }
        } catch (IOException e) {
            throw new LostPartialException(name, "the file " + folder.location(name) + " cannot be read", e);
        }
    }

    private void check(String name, byte[] bytes, int length, long expected) {
        if (Integer.toUnsignedLong(RunBlocks.checksum(bytes, length)) != expected) {
            throw damaged(name);
        }
    }

    private JobFailedException damaged(String name) {
        return new LostPartialException(
                name, "the file " + folder.location(name) + " is damaged: its length or checksum does not match", null);
    }

    @Override
    public void close() {
        release();
        for (ByteSource source : open.values()) {
            try {
                source.close();
            } catch (IOException e) {
                throw new JobFailedException(ExitCode.STORE_LOST, "the file " + source.name() + " cannot be closed", e);
            }
        }
    }

    /** A sequence of consecutive blocks of one run. */
    private final class FileBlocks implements SpillCursor.Blocks {
        private final ByteSource source;
        private final SpillFile run;
        private final List<BlockIndex.IndexedBlock> index;
        private final int largest;
        private int next;
        /** The bytes of the run from offset {@code held} on. */
        private byte[] buffer = {};

        private int size;
        private long held;

        FileBlocks(ByteSource source, SpillFile run, List<BlockIndex.IndexedBlock> index, int largest) {
            this.largest = largest;
            this.source = source;
            this.run = run;
            this.index = index;
        }

        @Override
        public boolean next(ByteList block) {
            if (next == index.size()) {
                return false;
            }
            BlockIndex.IndexedBlock entry = index.get(next++);
            if (entry.offset() < held || entry.offset() + entry.size() > held + size) {
                fill(entry);
            }
            int from = (int) (entry.offset() - held);
            block.clear();
            block.put(buffer, from, from + entry.size());
            check(run.name(), block.array, entry.size(), entry.checksum() & 0xFFFFFFFFL);
            return true;
        }

        /** Reads a block and the following ones in one read. */
        private void fill(BlockIndex.IndexedBlock entry) {
            BlockIndex.IndexedBlock last = index.getLast();
            long left = last.offset() + last.size() - entry.offset();
            // In an unsorted run, the blocks of a range are scattered.
            size = run.sorted() ? (int) Math.min(left, Math.max(entry.size(), bytesAtOnce)) : entry.size();
            held = entry.offset();
            if (buffer.length < size) {
                buffer = run.sorted() ? taken(largest) : new byte[size + (size >> 2)];
            }
            read(source, run.name(), run.start() + held, buffer, size);
        }
    }

    /** The blocks of a run with frames. */
    private final class FramedBlocks implements SpillCursor.Blocks {
        private final ByteSource source;
        private final FramedRun run;
        private long next;
        /** The bytes of the file from offset {@code held} on. */
        private byte[] buffer = {};

        private int size;
        private long held;

        FramedBlocks(ByteSource source, FramedRun run) {
            this.source = source;
            this.run = run;
            this.next = run.start();
        }

        @Override
        public boolean next(ByteList block) {
            if (next == run.end()) {
                return false;
            }
            int at = available(FramedRun.FRAME);
            ByteBuffer frame = ByteBuffer.wrap(buffer, at, FramedRun.FRAME).order(ByteOrder.LITTLE_ENDIAN);
            int length = frame.getInt();
            int checksum = frame.getInt();
            next += FramedRun.FRAME;
            if (length <= 0 || length > run.largest()) {
                throw damaged(run.name());
            }
            int from = available(length);
            block.clear();
            block.put(buffer, from, from + length);
            next += length;
            check(run.name(), block.array, length, checksum & 0xFFFFFFFFL);
            return true;
        }

        /** Reads until the next {@code count} bytes are in the buffer; returns their index. */
        private int available(int count) {
            if (buffer.length == 0) {
                buffer = taken(run.largest());
            }
            if (next + count > run.end()) {
                throw damaged(run.name());
            }
            if (next + count > held + size) {
                size = (int) Math.min(run.end() - next, Math.max(count, bytesAtOnce));
                held = next;
                read(source, run.name(), held, buffer, size);
            }
            return (int) (next - held);
        }
    }

    /** Returns a buffer that is large enough for all blocks of a run. */
    private byte[] taken(int largest) {
        byte[] bytes = buffers.take(Math.max(largest, bytesAtOnce));
        taken.add(bytes);
        return bytes;
    }
}
