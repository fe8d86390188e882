package io.filejob.engine.aggregate;

import io.filejob.csv.ByteSource;
import io.filejob.csv.DerivedSource;
import io.filejob.engine.WorkInProgress;
import io.filejob.file.Folder;
import io.filejob.file.ForwardingFolder;
import java.io.IOException;

/** A folder of partial results whose reads count for the progress of the current slice. Safe to use from any thread. */
final class CountedFolder extends ForwardingFolder {
    private final WorkInProgress progress;

    CountedFolder(Folder folder, WorkInProgress progress) {
        super(folder);
        this.progress = progress;
    }

    @Override
    public ByteSource open(String name) {
        return new CountedSource(super.open(name), progress);
    }

    /** A file of which every byte that is read counts, in any order. */
    private static final class CountedSource extends DerivedSource {
        private final WorkInProgress progress;

        CountedSource(ByteSource stored, WorkInProgress progress) {
            super(stored);
            this.progress = progress;
        }

        @Override
        public long size() {
            return stored.size();
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            int count = stored.read(position, bytes, offset, length);
            progress.read(Math.max(0, count));
            return count;
        }

        @Override
        public void expect(long from, long to) {
            stored.expect(from, to);
        }
    }
}
