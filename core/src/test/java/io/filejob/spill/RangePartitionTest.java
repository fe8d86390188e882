package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import io.filejob.examples.Seeds;
import io.filejob.group.KeyFormat;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.ledger.SpillFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Ranges divide the bytes of runs about equally, by the samples of their keys. */
final class RangePartitionTest {
    private static final KeyFormat KEYS = new KeyFormat(1, false, false);

    @ParameterizedTest
    @DrawingSource("range-partition.txt")
    void rangesAreDrawn(Drawing drawing) {
        KeyFormat format = new KeyFormat(1, false, drawing.has("extended"));
        int ranges = Integer.parseInt(drawing.setting("ranges", ""));
        drawing.check(lines -> {
            List<SpillFile> runs = lines.stream().map(RangePartitionTest::run).toList();
            RangePartition partition =
                    new RangePartition(List.of(new GroupsPartial(InlineGroups.NONE, runs)), format, ranges);
            List<String> drawn = new ArrayList<>();
            for (int range = 0; partition.isThere(range); range++) {
                byte[] high = partition.high(range);
                drawn.add(text(partition.low(range)) + " | " + (high == null ? "∅" : text(high)) + " | "
                        + partition.common(range));
            }
            return drawn;
        });
    }

    private static String text(byte[] key) {
        return DrawnText.of(key, 0, key.length);
    }

    private static SpillFile run(String line) {
        List<String> cells = Drawing.cells(line);
        List<byte[]> samples = cells.stream().skip(1).map(DrawnText::bytes).toList();
        return run(Long.parseLong(cells.getFirst()), samples);
    }

    private static SpillFile run(long bytes, List<byte[]> samples) {
        List<String> texts = samples.stream()
                .map(sample -> Base64.getEncoder().withoutPadding().encodeToString(sample))
                .toList();
        return new SpillFile("run", true, 0, 1, bytes, 0, 0, texts);
    }

    @Test
    void everyKeyIsInOneRangeAndNoRangeIsMuchLargerThanOthers() {
        Seeds.repeat(500, random -> {
            List<GroupsPartial> partials = new ArrayList<>();
            List<byte[]> keys = new ArrayList<>();
            double total = 0;
            double heaviest = 0;
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                List<byte[]> samples = new ArrayList<>();
                for (int j = random.nextInt(1, 12); j > 0; j--) {
                    samples.add(new byte[] {7, (byte) random.nextInt(), (byte) random.nextInt()});
                }
                long bytes = random.nextInt(1, 10_000);
                total += bytes;
                heaviest = Math.max(heaviest, (double) bytes / samples.size());
                keys.addAll(samples);
                partials.add(new GroupsPartial(InlineGroups.NONE, List.of(run(bytes, samples))));
            }
            int ranges = random.nextInt(1, 20);
            RangePartition partition = new RangePartition(partials, KEYS, ranges);
            double[] weights = new double[ranges];
            for (GroupsPartial partial : partials) {
                SpillFile run = partial.runs().getFirst();
                for (String sample : run.samples()) {
                    weights[range(partition, ranges, Base64.getDecoder().decode(sample))] +=
                            (double) run.bytes() / run.samples().size();
                }
            }
            // Several samples may have the same key, which a range cannot divide.
            double most = total / ranges + 3 * heaviest;
            assertThat(Arrays.stream(weights).max().orElseThrow()).isLessThanOrEqualTo(most);
            keys.forEach(key ->
                    assertThat(partition.common(range(partition, ranges, key))).isPositive());
        });
    }

    /** Returns the only range of a key. */
    private static int range(RangePartition partition, int ranges, byte[] key) {
        int found = -1;
        for (int range = 0; range < ranges && partition.isThere(range); range++) {
            byte[] high = partition.high(range);
            if (Arrays.compareUnsigned(partition.low(range), key) <= 0
                    && (high == null || Arrays.compareUnsigned(key, high) < 0)) {
                assertThat(found).isEqualTo(-1);
                found = range;
            }
        }
        assertThat(found).isNotEqualTo(-1);
        return found;
    }
}
