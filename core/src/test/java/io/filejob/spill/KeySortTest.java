package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.group.SortableKeys;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are ordered by their unsigned bytes, equal keys by their numbers; compared with the JDK's sorting of arrays. */
final class KeySortTest {
    private static final int ROUNDS = 60;
    private static final int MAX_KEYS = 6_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 26, 256})
    void sortsAsTheBytesOfKeysSay(int letters) {
        Random random = new Random(letters);
        for (int round = 0; round < ROUNDS; round++) {
            byte[][] keys = keys(random, letters);
            int[] expected = IntStream.rangeClosed(1, keys.length)
                    .boxed()
                    .sorted(Comparator.<Integer, byte[]>comparing(i -> keys[i - 1], Arrays::compareUnsigned)
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] sorted = new KeySort(new Listed(keys)).sort();
            assertThat(Arrays.copyOf(sorted, keys.length))
                    .as("round %d of %d letters", round, letters)
                    .isEqualTo(expected);
        }
    }

    /** Returns keys with a common prefix and very different lengths, many of them equal or nearly so. */
    private static byte[][] keys(Random random, int letters) {
        byte[] common = text(random, letters, random.nextInt(20));
        int longest = 1 + random.nextInt(60);
        int likeOthers = random.nextInt(100);
        byte[][] keys = new byte[random.nextInt(random.nextBoolean() ? 100 : MAX_KEYS)][];
        for (int i = 0; i < keys.length; i++) {
            byte[] rest = text(random, letters, random.nextInt(longest));
            keys[i] = Arrays.copyOf(common, common.length + rest.length);
            System.arraycopy(rest, 0, keys[i], common.length, rest.length);
            if (i > 0 && random.nextInt(100) < likeOthers) {
                keys[i] = keys[random.nextInt(i)].clone();
                if (keys[i].length > 0 && random.nextBoolean()) {
                    keys[i][keys[i].length - 1]++;
                }
            }
        }
        return keys;
    }

    private static byte[] text(Random random, int letters, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) random.nextInt(letters);
        }
        return text;
    }

    /** Keys stored one after the other, with undefined bytes after the last one. */
    private static final class Listed implements SortableKeys {
        private final byte[][] keys;
        private final int[] starts;
        private final byte[] bytes;

        Listed(byte[][] keys) {
            this.keys = keys;
            this.starts = new int[keys.length];
            int size = 0;
            for (int i = 0; i < keys.length; i++) {
                starts[i] = size;
                size += keys[i].length;
            }
            this.bytes = new byte[size + ByteList.SLACK];
            Arrays.fill(bytes, (byte) 0x5A);
            for (int i = 0; i < keys.length; i++) {
                System.arraycopy(keys[i], 0, bytes, starts[i], keys[i].length);
            }
        }

        @Override
        public int count() {
            return keys.length;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int keyStart(int entry) {
            return starts[entry - 1];
        }

        @Override
        public int keyLength(int entry) {
            return keys[entry - 1].length;
        }
    }
}
