package io.filejob.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import io.filejob.examples.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Encoded keys sort like their columns, and are decoded without loss. */
final class KeyFormatTest {
    @ParameterizedTest
    @DrawingSource("keys.txt")
    void keysHaveTheirDrawnEncoding(Drawing drawing) {
        drawing.check(lines -> {
            List<byte[]> keys = new ArrayList<>();
            for (String line : lines) {
                List<@Nullable String> key = new ArrayList<>();
                Drawing.cells(line).forEach(cell -> key.add(DrawnText.text(cell)));
                KeyFormat format = new KeyFormat(key.size(), drawing.has("nullable"), drawing.has("extended"));
                keys.add(encoded(format, key));
                assertThat(decoded(format, keys.getLast())).isEqualTo(key);
            }
            assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
            return keys.stream().map(key -> DrawnText.of(key, 0, key.length)).toList();
        });
    }

    @Test
    void anyKeysSortLikeTheirColumns() {
        Seeds.repeat(2000, random -> {
            KeyFormat format = new KeyFormat(random.nextInt(1, 4), random.nextBoolean(), random.nextBoolean());
            List<@Nullable String> one = key(random, format);
            List<@Nullable String> other = key(random, format);
            byte[] encoded = encoded(format, one);
            assertThat(decoded(format, encoded)).isEqualTo(one);
            assertThat(Integer.signum(Arrays.compareUnsigned(encoded, encoded(format, other))))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(order().compare(one, other)));
        });
    }

    private static Comparator<List<@Nullable String>> order() {
        Comparator<String> bytes = (one, other) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        Comparator<@Nullable String> texts = Comparator.nullsFirst(bytes);
        return (one, other) -> {
            int order = 0;
            for (int column = 0; column < one.size() && order == 0; column++) {
                order = texts.compare(one.get(column), other.get(column));
            }
            return order;
        };
    }

    @Test
    void theBytesAfterAKeyDoNotBelongToIt() {
        Seeds.repeat(2000, random -> {
            KeyFormat format = new KeyFormat(random.nextInt(1, 4), random.nextBoolean(), true);
            byte[] key = encoded(format, key(random, format));
            byte[] followed = Arrays.copyOf(key, key.length + 1 + random.nextInt(20));
            for (int i = key.length; i < followed.length; i++) {
                followed[i] = (byte) random.nextInt();
            }
            // The number of a measure.
            followed[key.length] = (byte) random.nextInt(1, 33);
            assertThat(format.length(followed, 0, followed.length)).isEqualTo(key.length);
            int cut = random.nextInt(key.length + 1);
            assertThat(format.length(key, 0, cut)).isEqualTo(cut);
        });
    }

    private static List<@Nullable String> key(SplittableRandom random, KeyFormat format) {
        List<@Nullable String> key = new ArrayList<>();
        for (int column = 0; column < format.columns(); column++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(Seeds.pick(random, "\0", "\0", "\u0001", "a", "b", "é", "🎵"));
            }
            key.add(format.nullable() && random.nextInt(4) == 0 ? null : text.toString());
        }
        return key;
    }

    private static byte[] encoded(KeyFormat format, List<@Nullable String> key) {
        ByteList out = new ByteList(4);
        FieldText text = new FieldText(CsvDialect.standard());
        for (int column = 0; column < key.size(); column++) {
            String field = key.get(column);
            text.isNull = field == null;
            text.bytes = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
            text.from = 0;
            text.to = text.bytes.length;
            format.write(column, text, out);
        }
        return out.toArray();
    }

    private static List<@Nullable String> decoded(KeyFormat format, byte[] key) {
        List<@Nullable String> fields = new ArrayList<>();
        int at = 0;
        for (int column = 0; column < format.columns(); column++) {
            ByteList text = new ByteList(4);
            at = format.read(column, key, at, key.length, text);
            fields.add(at < 0 ? null : new String(text.toArray(), StandardCharsets.UTF_8));
            at = at < 0 ? -at - 1 : at;
        }
        assertThat(at).isGreaterThanOrEqualTo(key.length);
        return fields;
    }
}
