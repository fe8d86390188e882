package io.filejob.benchmarks;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the records of a well-formed CSV file with commas, double quotes and line feeds, in the way of most programs.
 */
final class CsvRecords implements Closeable {
    private final BufferedReader in;
    private final StringBuilder field = new StringBuilder();

    CsvRecords(Path file) throws IOException {
        in = Files.newBufferedReader(file);
    }

    /** Returns the fields of the next record; empty after the last one. */
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

    /** Reads an unquoted field that begins with {@code first}; returns the character after it. */
    private int plain(int first) throws IOException {
        int c = first;
        while (c >= 0 && c != ',' && c != '\n') {
            field.append((char) c);
            c = in.read();
        }
        return c;
    }

    /** Reads a field after its opening quote; returns the character after it. */
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
