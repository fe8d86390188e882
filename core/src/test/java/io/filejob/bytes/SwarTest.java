package io.filejob.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.examples.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Operations on eight bytes at once give the same as a loop over the bytes. */
final class SwarTest {
    private static final int[] EDGES = {0, 1, 9, 10, '0', '9', 0x7E, 0x7F, 0x80, 0x81, 0xFE, 0xFF};
    private static final int ROUNDS = 20_000;

    @Test
    void bytesAreFoundAsByALoop() {
        Seeds.repeat(ROUNDS, random -> {
            byte[] bytes = bytes(random);
            long word = Swar.load(bytes, 0);
            int zeros = 0;
            boolean ascii = true;
            boolean digits = true;
            for (int i = 0; i < bytes.length; i++) {
                zeros |= bytes[i] == 0 ? 1 << i : 0;
                ascii &= bytes[i] >= 0;
                digits &= bytes[i] >= 0 && bytes[i] <= 9;
            }
            assertThat(Swar.zeros(word)).isEqualTo(zeros);
            assertThat(Swar.isAscii(word)).isEqualTo(ascii);
            assertThat(Swar.notDigits(word) == 0).isEqualTo(digits);
            long first = Swar.firstZero(word);
            assertThat(first == 0).isEqualTo(zeros == 0);
            assertThat(Long.numberOfTrailingZeros(first) / 8)
                    .isEqualTo(zeros == 0 ? 8 : Integer.numberOfTrailingZeros(zeros));
        });
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[8];
        boolean edges = random.nextBoolean();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (edges ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(random.nextInt(1, 257)));
        }
        return bytes;
    }

    @Test
    void aByteIsRepeated() {
        for (int b = -128; b < 256; b++) {
            for (int shift = 0; shift < Long.SIZE; shift += 8) {
                assertThat((byte) (Swar.repeat(b) >>> shift)).isEqualTo((byte) b);
            }
        }
    }

    @Test
    void digitsFormTheirNumber() {
        Seeds.repeat(ROUNDS, random -> {
            int value = random.nextInt(100_000_000);
            assertThat(Swar.number(digits(value))).isEqualTo(value);
        });
    }

    /** Sums of digits by place need more than a byte each. */
    @Test
    void sumsOfDigitsFormTheSumOfTheNumbers() {
        Seeds.repeat(50, random -> {
            long even = 0;
            long odd = 0;
            long sum = 0;
            for (int i = 0; i < 7000; i++) {
                int value = random.nextInt(99_000_000, 100_000_000);
                even += digits(value) & Swar.LANES;
                odd += (digits(value) >>> 8) & Swar.LANES;
                sum += value;
            }
            assertThat(Swar.numberOfLanes(even, odd)).isEqualTo(sum);
        });
    }

    private static long digits(int value) {
        return Swar.load(String.format(Locale.ROOT, "%08d", value).getBytes(StandardCharsets.US_ASCII), 0) ^ Swar.ZEROS;
    }
}
