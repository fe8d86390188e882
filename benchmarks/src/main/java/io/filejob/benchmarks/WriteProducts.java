package io.filejob.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code WriteProducts FILE BYTES}: writes a CSV file of at least BYTES bytes. */
public final class WriteProducts {
    private WriteProducts() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), 1 << 20)) {
            SampleData.products(42, Long.parseLong(args[1]), out);
        }
    }
}
