package io.filejob.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Writes random numbers into files, and remembers them, so that they need not be read again. */
final class RandomNumbers {
    private static final String[] NO_NUMBERS = {"abc", "NaN", "1.2.3", "-", "0x10", "1e"};
    private static final String[] TEXTS = {
        "plain",
        "",
        "\"a,b\"",
        "\"say \"\"hi\"\"\"",
        "\"two\nlines\"",
        "\"\n7,like,9,records\n8,and,10,another\n\"",
        "\"\r\n,\"\",\r\n1,2,3\r\n\"",
        "\"\"\"\""
    };

    /** Seed for the message of a failure. */
    final long seed = System.nanoTime();

    private final SplittableRandom random = new SplittableRandom(seed);

    /**
     * The expected outcome.
     *
     * @param numbers all valid numbers
     * @param rejected the number of values that are not numbers
     */
    record Expected(List<BigDecimal> numbers, int rejected) {
        Expected and(Expected other) {
            return new Expected(
                    Stream.concat(numbers.stream(), other.numbers.stream()).toList(), rejected + other.rejected);
        }

        String mean() {
            BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal mean = sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128);
            return mean.signum() == 0 ? "0" : mean.stripTrailingZeros().toPlainString();
        }

        String digest() {
            return sha256(("{\"average\":\"" + mean() + "\"}").getBytes(UTF_8));
        }

        String rows() {
            return String.format(
                    Locale.ROOT,
                    "{\"in\":%d,\"used\":%d,\"rejected\":%d}",
                    numbers.size() + rejected,
                    numbers.size(),
                    rejected);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes one number per line. */
    Expected lines(Path file, int rows) throws IOException {
        return write(file, rows, "", (_, field) -> field);
    }

    /** Writes the column price between others with texts that may be quoted and look like records. */
    Expected csv(Path file, int rows) throws IOException {
        return write(
                file,
                rows,
                "id,note,price,\"more\n\"\n",
                (row, field) -> String.join(",", Integer.toString(row), text(), field, text()));
    }

    /** The format of a row. */
    private interface Row {
        String of(int row, String field);
    }

    private Expected write(Path file, int rows, String header, Row format) throws IOException {
        List<BigDecimal> numbers = new ArrayList<>();
        int rejected = 0;
        StringBuilder content = new StringBuilder(header);
        for (int row = 0; row < rows; row++) {
            boolean good = random.nextInt(8) > 0;
            BigDecimal number = number();
            String field = good ? text(number) : NO_NUMBERS[random.nextInt(NO_NUMBERS.length)];
            if (good) {
                numbers.add(number);
            } else {
                rejected++;
            }
            content.append(format.of(row, field)).append(random.nextInt(4) > 0 ? "\n" : "\r\n");
        }
        Files.writeString(file, content);
        return new Expected(numbers, rejected);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    /** Returns a number that is usually a price, sometimes one of more than 64 or 128 bits. */
    private BigDecimal number() {
        int bits = random.nextInt(10) > 0 ? 24 : 40 + random.nextInt(120);
        byte[] bytes = new byte[bits / 8];
        random.nextBytes(bytes);
        return new BigDecimal(new BigInteger(bytes), random.nextInt(6));
    }

    private String text(BigDecimal number) {
        return switch (random.nextInt(8)) {
            case 0 -> number.unscaledValue() + "e" + -number.scale();
            case 1 -> " " + number.toPlainString() + "\t";
            case 2 -> number.signum() < 0 ? number.toPlainString() : "+" + number.toPlainString();
            case 3 -> number.toPlainString() + (number.scale() > 0 ? "000" : "E0");
            default -> number.toPlainString();
        };
    }
}
