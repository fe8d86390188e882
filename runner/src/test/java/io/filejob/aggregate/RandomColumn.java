package io.filejob.aggregate;

import java.util.SplittableRandom;

/** A column of random files. */
record RandomColumn(String name, Kind kind) {
    /** What is in it. */
    enum Kind {
        KEY,
        NUMBER,
        DATE,
        TEXT
    }

    /** A text, odd with this chance in percent, as a {@link ByteText}. */
    String text(SplittableRandom random, int oddPercent) {
        boolean odd = random.nextInt(100) < oddPercent;
        if (!odd && kind == Kind.NUMBER && random.nextBoolean()) {
            return String.valueOf(random.nextInt(-1000, 100000) / 100.0);
        }
        return bytes(RandomDialect.pick(random, odd ? RandomTexts.odd(kind) : RandomTexts.usual(kind)));
    }

    /** As a {@link ByteText} in which U+FFFF stands for a byte that is not UTF-8. */
    static String bytes(String text) {
        return ByteText.of(text).replace("\u00EF\u00BF\u00BF", "\u00FF");
    }
}
