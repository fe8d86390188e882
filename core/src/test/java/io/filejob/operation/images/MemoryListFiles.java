package io.filejob.operation.images;

import io.filejob.csv.ByteSource;

/** Files of a list of images in memory, with the names a.csv, b.csv and so on. */
final class MemoryListFiles implements ImageListFiles {
    private final byte[][] contents;

    MemoryListFiles(byte[]... contents) {
        this.contents = contents;
    }

    @Override
    public int count() {
        return contents.length;
    }

    @Override
    public String name(int file) {
        return (char) ('a' + file % 26) + ".csv";
    }

    @Override
    public ByteSource open(int file, boolean ranged) {
        return new MemorySource(name(file), contents[file]);
    }

    /** Bytes in memory. */
    // Sources are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record MemorySource(String name, byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int count = Math.min(length, bytes.length - (int) position);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(bytes, (int) position, target, offset, count);
            return count;
        }

        @Override
        public void close() {}
    }
}
