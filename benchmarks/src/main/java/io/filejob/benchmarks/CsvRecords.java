package io.filejob.benchmarks;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The records of a well-formed CSV file with commas, double quotes and line feeds, as most programs would read them. */
final class CsvRecords implements Closeable {
    private final BufferedReader in;
    private final StringBuilder field = new StringBuilder();

    CsvRecords(Path file) throws IOException {
        in = Files.newBufferedReader(file);
    }

    /** The fields of the next record; none where there is no more. */
    List<String> next() throws IOException {
        List<String> fields = new ArrayList<>();
        int c = in.read();
        while (c >= 0) {
            field.setLength(0);
            c = c == '"' ? quoted() : plain(c);
            fields.add(field.toString());
            if (c != ',') {
                return fields;
            }
            c = in.read();
        }
        return fields;
    }

    /** Takes a field from its first character on; the character after it. */
    private int plain(int first) throws IOException {
        int c = first;
        while (c >= 0 && c != ',' && c != '\n') {
            field.append((char) c);
            c = in.read();
        }
        return c;
    }

    /** Takes a field after its opening quote; the character after it. */
    private int quoted() throws IOException {
        while (true) {
            int c = in.read();
            if (c == '"') {
                c = in.read();
                if (c != '"') {
                    return c;
                }
            }
            field.append((char) c);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
