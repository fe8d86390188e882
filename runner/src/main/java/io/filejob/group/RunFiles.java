package io.filejob.group;

import io.filejob.job.Run;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.ByteSource;
import io.filejob.storage.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Opened runs. What they hold is checked against its checksums. */
final class RunFiles implements AutoCloseable {
    private final Folder folder;
    private final List<ByteSource> open = new ArrayList<>();

    RunFiles(Folder folder) {
        this.folder = folder;
    }

    /** Before the first record of {@code low} or more, up to {@code high}, or the end if that is null. */
    RunCursor cursor(Run run, byte[] low, byte @Nullable [] high) {
        ByteSource source = folder.open(run.name());
        open.add(source);
        if (source.size() != run.bytes() + run.indexBytes()) {
            throw damaged(run.name());
        }
        byte[] index = new byte[run.indexBytes()];
        read(source, run.name(), run.bytes(), index, index.length);
        check(run.name(), index, index.length, run.checksum());
        List<BlockIndex.Entry> blocks = BlockIndex.read(index);
        int first = BlockIndex.first(blocks, low);
        int last = high == null ? blocks.size() - 1 : BlockIndex.first(blocks, high);
        if (first <= last && last < blocks.size()) {
            BlockIndex.Entry end = blocks.get(last);
            source.expect(blocks.get(first).place(), end.place() + end.size());
        }
        return new RunCursor(new Blocks(source, run.name(), blocks, first), low, high, RunWriter.BLOCK);
    }

    private void read(ByteSource source, String name, long place, byte[] into, int length) {
        int done = 0;
        try {
            while (done < length) {
                int count = source.read(place + done, into, done, length - done);
                if (count < 0) {
                    throw damaged(name);
                }
                done += count;
            }
        } catch (IOException e) {
            throw new JobFailure(ExitCode.STORE_LOST, "the file " + folder.place(name) + " cannot be read", e);
        }
    }

    private void check(String name, byte[] bytes, int length, long expected) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        if (checksum.getValue() != expected) {
            throw damaged(name);
        }
    }

    private JobFailure damaged(String name) {
        return new JobFailure(
                ExitCode.STORE_LOST, "the file " + folder.place(name) + " is damaged: it is not what was written");
    }

    @Override
    public void close() {
        for (ByteSource source : open) {
            try {
                source.close();
            } catch (IOException e) {
                throw new JobFailure(ExitCode.STORE_LOST, "the file " + source.name() + " cannot be closed", e);
            }
        }
    }

    /** The blocks of one run. */
    private final class Blocks implements RunCursor.Blocks {
        private final ByteSource source;
        private final String name;
        private final List<BlockIndex.Entry> index;
        private int next;

        Blocks(ByteSource source, String name, List<BlockIndex.Entry> index, int first) {
            this.source = source;
            this.name = name;
            this.index = index;
            this.next = first;
        }

        @Override
        public boolean next(ByteList block) {
            if (next == index.size()) {
                return false;
            }
            BlockIndex.Entry entry = index.get(next++);
            block.clear();
            block.reserve(entry.size());
            read(source, name, entry.place(), block.array, entry.size());
            check(name, block.array, entry.size(), entry.checksum() & 0xFFFFFFFFL);
            block.size = entry.size();
            return true;
        }
    }
}
