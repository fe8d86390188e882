package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.group.KeyFormat;
import io.filejob.measure.Accumulator;
import io.filejob.spill.BlockIndex;
import io.filejob.spill.KeySort;
import io.filejob.spill.RecordTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The groups of a table in key order. For one thread. */
final class SortedGroups {
    private final GroupTable table;
    private final KeyFormat format;
    private final List<Accumulator> accumulators;
    private final KeySort sort;

    SortedGroups(GroupTable table, KeyFormat format, List<Accumulator> accumulators) {
        this.table = table;
        this.format = format;
        this.accumulators = accumulators;
        this.sort = new KeySort(table);
    }

    /** Returns the boundaries of {@code ranges} ranges with equal numbers of groups. */
    List<byte[]> borders(int ranges) {
        int[] order = sort.sort();
        List<byte[]> borders = new ArrayList<>();
        for (int i = 1; i < ranges; i++) {
            int group = order[(int) ((long) i * table.count() / ranges)];
            int start = table.keyStart(group);
            borders.add(BlockIndex.border(table.bytes(), start, table.keyLength(group)));
        }
        return borders;
    }

    /** Writes the groups, merging those with equal keys. */
    void write(RecordTarget target) {
        int[] order = sort.sort();
        byte[] arena = table.arena.array();
        int count = table.size - 1;
        int i = 0;
        while (i < count) {
            int group = order[i++];
            int start = table.keyStart(group);
            int length = table.keyLength(group);
            while (i < count && isKey(order[i], arena, start, length)) {
                for (Accumulator accumulator : accumulators) {
                    accumulator.merge(group, order[i]);
                }
                i++;
            }
            ByteList out = target.begin(arena, start, length);
            if (format.length(arena, start, start + length) == length) {
                for (Accumulator accumulator : accumulators) {
                    accumulator.write(group, out);
                }
            }
        }
    }

    private boolean isKey(int group, byte[] arena, int start, int length) {
        int other = table.keyStart(group);
        return table.keyLength(group) == length
                && Arrays.equals(arena, start, start + length, arena, other, other + length);
    }
}
