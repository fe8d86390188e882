package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.examples.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A key belongs to the last range that does not begin above it; compared with a search through all boundaries. */
final class SplittersTest {
    @Test
    void keysAreInTheRangeOfTheLastBoundaryBelowThem() {
        Seeds.repeat(1000, random -> {
            byte[] common = key(random, 12);
            List<byte[]> borders = new ArrayList<>();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                borders.add(key(random, common));
            }
            borders.sort(Arrays::compareUnsigned);
            Splitters splitters = new Splitters(borders);
            assertThat(splitters.ranges()).isEqualTo(borders.size() + 1);
            for (int i = 0; i < 50; i++) {
                byte[] key = random.nextInt(4) == 0 ? key(random, 20) : key(random, common);
                byte[] within = new byte[key.length + 3 + ByteList.SLACK];
                Arrays.fill(within, (byte) random.nextInt());
                System.arraycopy(key, 0, within, 3, key.length);
                int expected = (int) borders.stream()
                        .filter(border -> Arrays.compareUnsigned(border, key) <= 0)
                        .count();
                assertThat(splitters.find(within, 3, key.length)).isEqualTo(expected);
                assertThat(splitters.low(expected)).isEqualTo(expected == 0 ? new byte[0] : borders.get(expected - 1));
            }
        });
    }

    /** Returns a key that begins with {@code common} and often is like others in the eight bytes after it. */
    private static byte[] key(SplittableRandom random, byte[] common) {
        byte[] rest = key(random, 12);
        if (random.nextBoolean()) {
            Arrays.fill(rest, 0, Math.min(8, rest.length), (byte) 1);
        }
        byte[] key = Arrays.copyOf(common, common.length + rest.length);
        System.arraycopy(rest, 0, key, common.length, rest.length);
        return key;
    }

    private static byte[] key(SplittableRandom random, int longest) {
        byte[] key = new byte[random.nextInt(longest + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = Seeds.pick(random, (byte) 0, (byte) 1, (byte) 0x7F, (byte) 0x80, (byte) 0xFF);
        }
        return key;
    }
}
