package io.filejob.engine.aggregate;

import io.filejob.csv.ByteSource;
import io.filejob.engine.WorkInProgress;
import io.filejob.file.FileIdentity;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A folder of partial results whose reads count for the progress of the current slice. Safe to use from any thread. */
record CountedFolder(Folder folder, WorkInProgress progress) implements Folder {
    @Override
    public ByteSource open(String name) {
        return new CountedSource(folder.open(name), progress);
    }

    @Override
    public Optional<byte[]> find(String name) {
        return folder.find(name);
    }

    @Override
    public List<Entry> list() {
        return folder.list();
    }

    @Override
    public void delete(String name) {
        folder.delete(name);
    }

    @Override
    public void clear() {
        folder.clear();
    }

    @Override
    public String location(String name) {
        return folder.location(name);
    }

    @Override
    public FileIdentity identity(String name) {
        return folder.identity(name);
    }

    @Override
    public Optional<String> findName(String prefix, Predicate<String> wanted) {
        return folder.findName(prefix, wanted);
    }

    @Override
    public PendingFile create(String name, String writer) {
        return folder.create(name, writer);
    }

    /** A file of which every byte that is read counts, in any order. */
    private record CountedSource(ByteSource source, WorkInProgress progress) implements ByteSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            int count = source.read(position, bytes, offset, length);
            progress.read(Math.max(0, count));
            return count;
        }

        @Override
        public void expect(long from, long to) {
            source.expect(from, to);
        }

        @Override
        public void checkUnchanged() {
            source.checkUnchanged();
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
