package io.filejob.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Generates realistic data; the same data for the same seed. */
final class SampleData {
    private static final String[] ADJECTIVES = {"Small", "Sturdy", "Galvanized", "Blue", "Ergonomic", "Spare"};
    private static final String[] THINGS = {"bolt", "lamp", "watering can", "door handle", "cable", "shelf"};
    private static final String[] CATEGORIES = {"garden", "hardware", "lighting", "office", "kitchen"};

    private SampleData() {}

    /** Returns numbers from 0.00 to 1000.00, one per line. */
    static byte[] lines(long seed, int entries) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < entries; i++) {
            appendCents(text, random.nextInt(100_001));
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes at least {@code bytes} bytes of products: {@code id,name,category,price,stock}. One name in eight is
     * quoted and contains quotes; no name contains a comma or a line break, which {@code awk} could not parse.
     */
    static void products(long seed, long bytes, OutputStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder row = new StringBuilder("id,name,category,price,stock\n");
        long written = 0;
        for (int id = 1; written < bytes; id++) {
            byte[] line = row.toString().getBytes(StandardCharsets.US_ASCII);
            out.write(line);
            written += line.length;
            row.setLength(0);
            row.append(id).append(',');
            appendName(row, random);
            row.append(',').append(one(CATEGORIES, random)).append(',');
            appendCents(row, random.nextInt(100_001));
            row.append(',').append(random.nextInt(1000)).append('\n');
        }
    }

    private static void appendName(StringBuilder row, SplittableRandom random) {
        String adjective = one(ADJECTIVES, random);
        String thing = one(THINGS, random);
        if (random.nextInt(8) == 0) {
            row.append('"').append(adjective).append(' ').append(thing);
            row.append(' ').append(random.nextInt(1, 20)).append("\"\" long\"");
        } else {
            row.append(adjective).append(' ').append(thing);
        }
    }

    private static void appendCents(StringBuilder text, int cents) {
        text.append(cents / 100).append('.');
        text.append((char) ('0' + cents / 10 % 10)).append((char) ('0' + cents % 10));
    }

    private static String one(String[] of, SplittableRandom random) {
        return of[random.nextInt(of.length)];
    }
}
