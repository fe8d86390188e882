package io.filejob.aggregate;

import java.util.SplittableRandom;

/** A column of random files. */
record RandomColumn(String name, Kind kind) {
    /** The kind of values in a column. */
    enum Kind {
        KEY,
        NUMBER,
        DATE,
        TEXT
    }

    /** Returns a text as a {@link ByteText}; it is odd with a probability of {@code oddPercent} percent. */
    String text(SplittableRandom random, int oddPercent) {
        boolean odd = random.nextInt(100) < oddPercent;
        if (!odd && kind == Kind.NUMBER && random.nextBoolean()) {
            return String.valueOf(random.nextInt(-1000, 100000) / 100.0);
        }
        return bytes(RandomDialect.pick(random, odd ? RandomTexts.odd(kind) : RandomTexts.usual(kind)));
    }

    /** Converts a text to a {@link ByteText}; U+FFFF stands for a byte that is not UTF-8. */
    static String bytes(String text) {
        return ByteText.of(text).replace("\u00EF\u00BF\u00BF", "\u00FF");
    }
}
