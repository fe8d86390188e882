package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.bytes.Swar;
import io.filejob.examples.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A table finds exactly the keys that were added; compared with a map of the JDK. */
final class GroupTableTest {
    private static final int OFFSET = 5;

    private static GroupTable table() {
        return new GroupTable((byte) ',', 1 << 20);
    }

    /** Returns the key between other bytes, which must not matter. */
    private static byte[] within(byte[] key) {
        byte[] bytes = new byte[OFFSET + key.length + ByteList.SLACK];
        Arrays.fill(bytes, (byte) 0x2C);
        System.arraycopy(key, 0, bytes, OFFSET, key.length);
        return bytes;
    }

    private static int find(GroupTable table, byte[] key) {
        return table.find(within(key), OFFSET, key.length);
    }

    private static int add(GroupTable table, byte[] key) {
        assertThat(find(table, key)).isEqualTo(-table.size);
        return table.add(within(key), OFFSET, key.length, false);
    }

    private static byte[] key(GroupTable table, int number) {
        int start = table.keyStart(number);
        return Arrays.copyOfRange(table.bytes(), start, start + table.keyLength(number));
    }

    @Test
    void keysAreNumberedInTheOrderOfTheirFirstAddition() {
        GroupTable table = table();
        Seeds.repeat(12, random -> {
            table.clear();
            Map<String, Integer> expected = new HashMap<>();
            int distinct = Seeds.pick(random, 3, 300, 40_000);
            for (int i = 0; i < 20_000; i++) {
                byte[] key = key(random, random.nextInt(distinct));
                String text = new String(key, StandardCharsets.ISO_8859_1);
                Integer number = expected.get(text);
                if (number == null) {
                    expected.put(text, expected.size() + 1);
                    assertThat(add(table, key)).isEqualTo(expected.size());
                } else {
                    assertThat(find(table, key)).isEqualTo(number);
                }
            }
            assertThat(table.count()).isEqualTo(expected.size());
            expected.forEach((text, number) ->
                    assertThat(key(table, number)).isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1)));
        });
    }

    /** Returns the key of a number: up to 40 bytes, mostly the same in all keys. */
    private static byte[] key(SplittableRandom random, int number) {
        int length = Seeds.pick(random, 0, 1, 7, 8, 9, 15, 16, 17, 24, 25, 40);
        byte[] key = new byte[length];
        byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        int count = Math.min(length, digits.length);
        System.arraycopy(digits, 0, key, random.nextBoolean() ? 0 : length - count, count);
        return key;
    }

    /** All keys want the same slot, so that each lookup passes the others. */
    @Test
    void keysWithTheSameSlotAreToldApart() {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; keys.size() < 300; i++) {
            byte[] key = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            long first = Swar.load(Arrays.copyOf(key, 16), 0);
            if (KeyHash.of(first, 0, key, 0, key.length) >>> 53 == 2047) {
                keys.add(key);
            }
        }
        GroupTable table = table();
        for (int i = 0; i < keys.size(); i++) {
            assertThat(add(table, keys.get(i))).isEqualTo(i + 1);
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(find(table, keys.get(i))).isEqualTo(i + 1);
        }
    }

    @Test
    void rawKeysHaveTheirSeparatorsReplaced() {
        Seeds.repeat(3000, random -> {
            GroupTable table = table();
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(Seeds.pick(random, "a", "b", ",", "-", "+", "é"));
            }
            byte[] raw = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] key = text.toString().replace(',', '\0').getBytes(StandardCharsets.UTF_8);
            int number = table.findRaw(within(raw), OFFSET, raw.length);
            assertThat(number).isEqualTo(-1);
            assertThat(table.add(within(raw), OFFSET, raw.length, true)).isEqualTo(1);
            assertThat(key(table, 1)).isEqualTo(key);
            assertThat(find(table, key)).isEqualTo(1);
            assertThat(table.findRaw(within(raw), OFFSET, raw.length)).isEqualTo(1);
            if (raw.length > 0) {
                byte[] other = raw.clone();
                int at = random.nextInt(other.length);
                other[at] ^= 1;
                assertThat(table.findRaw(within(other), OFFSET, other.length)).isEqualTo(-2);
                other[at] = 0;
                assertThat(table.findRaw(within(other), OFFSET, other.length)).isZero();
            }
        });
    }

    @Test
    void keysOfQuotedFieldsAreNotFoundByRawBytes() {
        Seeds.repeat(500, random -> {
            GroupTable table = table();
            byte[] key = key(random, random.nextInt());
            assertThat(table.findQuoted(within(key), OFFSET, key.length)).isEqualTo(-1);
            assertThat(table.addQuoted(within(key), OFFSET, key.length)).isEqualTo(1);
            assertThat(key(table, 1)).isEqualTo(key);
            assertThat(table.findQuoted(within(key), OFFSET, key.length)).isEqualTo(1);
            assertThat(find(table, key)).isEqualTo(-2);
            assertThat(add(table, key)).isEqualTo(2);
            assertThat(find(table, key)).isEqualTo(2);
            assertThat(table.findQuoted(within(key), OFFSET, key.length)).isEqualTo(1);
        });
    }

    @Test
    void withoutLookupsEveryKeyIsNew() {
        GroupTable table = table();
        byte[] key = {1, 2, 3};
        assertThat(add(table, key)).isEqualTo(1);
        table.append();
        assertThat(table.isAppending()).isTrue();
        for (int number = 2; number < 5000; number++) {
            assertThat(add(table, key)).isEqualTo(number);
        }
        assertThat(key(table, 4999)).isEqualTo(key);
        table.clear();
        assertThat(table.isAppending()).isFalse();
        assertThat(find(table, key)).isEqualTo(-1);
    }

    @Test
    void theMemoryOfKeysIsCounted() {
        GroupTable table = table();
        byte[] key = new byte[1000];
        for (int i = 0; i < 100; i++) {
            key[500] = (byte) i;
            add(table, key);
        }
        assertThat(table.memory()).isBetween(100_000L, 120_000L);
    }
}
