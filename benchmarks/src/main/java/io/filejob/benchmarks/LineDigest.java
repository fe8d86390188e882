package io.filejob.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code LineDigest FILE}: prints the number of lines in a file and a digest of 64 bits that does not depend on their
 * order.
 */
public final class LineDigest {
    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    private LineDigest() {}

    /** Prints the digest. */
    public static void main(String[] args) throws IOException {
        byte[] buffer = new byte[1 << 20];
        long lines = 0;
        long sum = 0;
        long hash = OFFSET;
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                        sum += mixed(hash);
                        hash = OFFSET;
                    } else {
                        hash = (hash ^ buffer[i]) * PRIME;
                    }
                }
            }
        }
        System.out.println(lines + " " + Long.toHexString(sum + (hash == OFFSET ? 0 : mixed(hash))));
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    }
}
