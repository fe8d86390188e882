package io.filejob.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes are valid UTF-8 exactly if the JDK's decoder accepts them. */
final class Utf8Test {
    /** The boundaries of the ranges in RFC 3629, section 4. */
    private static final int[] EDGES = {
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF
    };

    private static final String[] PARTS = {"a", "0123456789", "é", "€", "𝄞", "\u0000", "\uD7FF", "\uE000"};

    @Test
    void allPairs() {
        for (int pair = 0; pair <= 0xFFFF; pair++) {
            assertLikeDecoder((byte) (pair >> 8), (byte) pair);
        }
    }

    @Test
    void allEdgesOfLongerSequences() {
        for (int first : EDGES) {
            for (int second : EDGES) {
                for (int third : EDGES) {
                    assertLikeDecoder((byte) first, (byte) second, (byte) third);
                    for (int fourth : EDGES) {
                        assertLikeDecoder((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    @Test
    void textsWithAByteChanged() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(1, 12); part > 0; part--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertLikeDecoder(bytes);
            assertLikeDecoder(Arrays.copyOf(bytes, bytes.length - 1));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            assertLikeDecoder(bytes);
        }
    }

    private static void assertLikeDecoder(byte... bytes) {
        byte[] within = new byte[bytes.length + 4];
        Arrays.fill(within, (byte) 0xBF);
        System.arraycopy(bytes, 0, within, 2, bytes.length);
        assertThat(Utf8.isValid(within, 2, 2 + bytes.length))
                .as(Arrays.toString(bytes))
                .isEqualTo(decodes(bytes));
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
