package io.filejob.fuzz;

import io.filejob.aggregate.ByteText;
import io.filejob.spec.CsvFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/** Random bytes that are likely to cause failures. */
final class RandomBytes {
    private static final String[] WORDS = {
        "a",
        "b",
        "1",
        "-2.5",
        "1e9",
        "NULL",
        "",
        "Heroes",
        "\u00e9\u00e9",
        "\ud83d\ude00",
        " x ",
        "2020-01-01",
        "=1+1",
        "--"
    };

    private RandomBytes() {}

    @SafeVarargs
    static <T> T pick(SplittableRandom random, T... from) {
        return from[random.nextInt(from.length)];
    }

    /** Returns text, numbers, CSV or arbitrary bytes. */
    static byte[] any(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> csv(random, CsvFormat.standard());
            case 1 -> numbers(random);
            case 2 -> noise(random, random.nextInt(2000));
            default -> join(magic(random), noise(random, random.nextInt(700)));
        };
    }

    /** Returns the first bytes of a binary format. */
    private static byte[] magic(SplittableRandom random) {
        return ByteText.bytes(pick(
                random,
                "\u001f\u008b",
                "\u001f\u008b\b\0\0\0\0\0\0\u0003",
                "(\u00b5/\u00fd",
                "P*M\u0018",
                "PK\u0003\u0004",
                "\u00ff\u00fe",
                "\u00fe\u00ff",
                "\u00ef\u00bb\u00bf",
                "PAR1",
                "BZh9",
                "ORC"));
    }

    private static byte[] noise(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] numbers(SplittableRandom random) {
        StringBuilder lines = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            lines.append(pick(random, WORDS))
                    .append(random.nextInt(1000))
                    .append(pick(random, "\n", "\n", "\r\n", "\r", "\n\n"));
        }
        return ByteText.bytes(ByteText.of(lines.toString()));
    }

    /** Returns records of {@code format}, well-formed or not, or a sequence of the same characters. */
    static byte[] csv(SplittableRandom random, CsvFormat format) {
        String quote = format.quote();
        boolean orderly = random.nextInt(3) > 0;
        int columns = 1 + random.nextInt(4);
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "\u00ef\u00bb\u00bf" : "");
        for (int row = random.nextInt(random.nextInt(10) == 0 ? 400 : 20); row > 0; row--) {
            for (int column = 1; column <= columns; column++) {
                text.append(field(random, format, quote, orderly));
                text.append(column < columns ? format.delimiter() : "");
            }
            text.append(pick(random, "\n", "\n", "\n", "\r\n", orderly ? "\n" : "\r"));
            if (random.nextInt(15) == 0) {
                text.append(pick(random, "\n", "\r", "#x\"\n", quote, format.delimiter(), "\0", "\\"));
            }
        }
        String all = text.toString();
        return ByteText.bytes(random.nextInt(4) == 0 ? all.substring(0, random.nextInt(all.length() + 1)) : all);
    }

    private static String field(SplittableRandom random, CsvFormat format, String quote, boolean orderly) {
        String word = ByteText.of(pick(random, WORDS));
        if (random.nextInt(12) == 0) {
            word += pick(random, "\u00ff", "\u0001", "\0", "#", "\u0080");
        }
        if (quote.isEmpty() || random.nextInt(3) > 0) {
            return orderly || random.nextInt(10) > 0 ? word : word + pick(random, quote, "\\", "\r");
        }
        String escape = Objects.requireNonNullElse(format.escape(), quote);
        String inner =
                word + pick(random, "", "\n", "\r\n", format.delimiter(), quote + quote, escape + quote, "\r", "#");
        return quote + inner + (orderly || random.nextInt(6) > 0 ? quote : pick(random, "", quote + "x", escape));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Returns {@code bytes} with a few of them changed, missing, doubled or added. */
    static byte[] damaged(SplittableRandom random, byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && result.length > 0; i--) {
            int at = random.nextInt(result.length);
            switch (random.nextInt(5)) {
                case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> result[at] = (byte) random.nextInt(256);
                case 2 -> result = Arrays.copyOf(result, at);
                case 3 -> result = join(result, noise(random, 1 + random.nextInt(20)));
                default -> {
                    byte[] head = Arrays.copyOf(result, at);
                    byte[] tail =
                            Arrays.copyOfRange(result, Math.min(result.length, at + random.nextInt(9)), result.length);
                    result = join(head, noise(random, random.nextInt(9)), tail);
                }
            }
        }
        return result;
    }
}
