package io.filejob.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Lists hold the bytes that were put, however they grow, and cursors read the values back. */
final class ByteListTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    @ParameterizedTest
    @DrawingSource("numbers.txt")
    void numbersHaveTheirDrawnEncoding(Drawing drawing) {
        boolean signed = drawing.has("signed");
        drawing.check(lines -> lines.stream().map(line -> encoded(line, signed)).toList());
    }

    private static String encoded(String line, boolean signed) {
        long value = Long.parseLong(line);
        ByteList list = new ByteList(0);
        ByteCursor cursor = new ByteCursor();
        if (signed) {
            list.putSigned(value);
            cursor.of(list.array, 0);
            assertThat(cursor.signed()).isEqualTo(value);
        } else {
            list.putVarint(value);
            cursor.of(list.array, 0);
            assertThat(cursor.varint()).isEqualTo(value);
        }
        assertThat(cursor.at).isEqualTo(list.size());
        return HEX.formatHex(list.toArray());
    }

    /** Builds a list and, with the JDK, the bytes that it must hold; then reads all values. */
    @Test
    void anyValuesComeBack() {
        Seeds.repeat(500, random -> {
            ByteList list = new ByteList(random.nextInt(40), random.nextInt(400));
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            List<Consumer<ByteCursor>> reads = new ArrayList<>();
            for (int i = random.nextInt(200); i > 0; i--) {
                reads.add(put(random, list, expected));
                assertThat(list.array().length - ByteList.SLACK).isGreaterThanOrEqualTo(list.size());
            }
            assertThat(list.toArray()).isEqualTo(expected.toByteArray());
            ByteCursor cursor = new ByteCursor();
            cursor.of(list.array(), 0);
            reads.forEach(read -> read.accept(cursor));
            assertThat(cursor.at).isEqualTo(list.size());
        });
    }

    private static Consumer<ByteCursor> put(SplittableRandom random, ByteList list, ByteArrayOutputStream expected) {
        long value = random.nextLong() >> random.nextInt(Long.SIZE);
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        int from = random.nextInt(bytes.length + 1);
        byte[] part = Arrays.copyOfRange(bytes, from, bytes.length);
        return switch (random.nextInt(6)) {
            case 0 -> {
                list.put((int) value);
                expected.write((int) value);
                yield cursor -> assertThat(cursor.get()).isEqualTo((byte) value);
            }
            case 1 -> {
                list.putVarint(value);
                unsigned(value, expected);
                yield cursor -> assertThat(cursor.varint()).isEqualTo(value);
            }
            case 2 -> {
                list.putSigned(value);
                unsigned(value >= 0 ? 2 * value : -2 * value - 1, expected);
                yield cursor -> assertThat(cursor.signed()).isEqualTo(value);
            }
            case 3 -> {
                list.putBytes(part);
                unsigned(part.length, expected);
                expected.writeBytes(part);
                yield random.nextBoolean()
                        ? ByteCursor::skipBytes
                        : cursor -> assertThat(cursor.byteArray()).isEqualTo(part);
            }
            case 4 -> {
                list.put(bytes, from, bytes.length);
                expected.writeBytes(part);
                yield cursor -> cursor.at += part.length;
            }
            default -> {
                list.putShort(Arrays.copyOf(bytes, bytes.length + Long.BYTES), from, bytes.length);
                expected.writeBytes(part);
                yield cursor -> cursor.at += part.length;
            }
        };
    }

    private static void unsigned(long value, ByteArrayOutputStream out) {
        String bits = Long.toBinaryString(value);
        for (int end = bits.length(); end > 0; end -= 7) {
            int group = Integer.parseInt(bits.substring(Math.max(0, end - 7), end), 2);
            out.write(end > 7 ? group + 128 : group);
        }
    }

    @Test
    void aListGrowsSlowlyBeyondTheExpectedSize() {
        ByteList list = new ByteList(100, 1000);
        for (int i = 0; i < 100_000; i++) {
            list.put(i);
            assertThat(list.array().length).isLessThan(Math.max(1100, list.size() + list.size() / 4));
        }
    }

    @Test
    void wrappedBytesAreNotCopied() {
        byte[] bytes = Arrays.copyOf(new byte[] {1, 2, 3}, 3 + ByteList.SLACK);
        ByteList list = new ByteList(8);
        list.put(9);
        list.wrap(bytes, 3);
        assertThat(list.array()).isSameAs(bytes);
        assertThat(list.toArray()).containsExactly(1, 2, 3);
    }
}
