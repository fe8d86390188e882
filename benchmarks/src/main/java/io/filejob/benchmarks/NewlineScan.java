package io.filejob.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/** Counts line breaks as fast as a JVM can: the minimum cost of reading a file's lines. Not thread-safe. */
final class NewlineScan {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    private static final int BUFFER_BYTES = 512 << 10;

    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

    /** Returns the number of line breaks in {@code [from, to)}, a range within the file. */
    long count(Path file, long from, long to) throws IOException {
        long lines = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = from;
            while (at < to) {
                int read = channel.read(buffer.clear().limit((int) Math.min(BUFFER_BYTES, to - at)), at);
                if (read < 0) {
                    throw new IOException(file + " ends at byte " + at);
                }
                lines += count(bytes, read);
                at += read;
            }
        }
        return lines;
    }

    private static long count(byte[] bytes, int end) {
        long lines = 0;
        int bound = SPECIES.loopBound(end);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            lines += Long.bitCount(
                    ByteVector.fromArray(SPECIES, bytes, i).eq((byte) '\n').toLong());
        }
        for (int i = bound; i < end; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
