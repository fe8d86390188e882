package io.filejob.spill;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.group.GroupSchema;
import io.filejob.group.GroupStream;
import io.filejob.group.KeyFormat;
import io.filejob.group.SortedRecords;
import io.filejob.measure.Accumulator;
import java.util.Arrays;
import java.util.List;

/**
 * Copies sorted records, merging records with equal keys. Values of {@code countDistinct} keep their own keys, since
 * more of them may follow in other runs. For one thread.
 */
final class Combining implements Spills.Copy {
    private final KeyFormat format;
    private final List<Accumulator> accumulators;
    private final ByteList key = new ByteList(256);

    Combining(GroupSchema schema) {
        this.format = schema.keys();
        this.accumulators = GroupStream.accumulators(schema);
    }

    @Override
    public void copy(SortedRecords from, RecordTarget to) {
        boolean more = from.next();
        while (more) {
            key.clear();
            key.put(from.bytes(), from.keyStart(), from.keyStart() + from.keyLength());
            accumulators.forEach(Accumulator::clear);
            boolean hasState = format.length(key.array, 0, key.size) == key.size;
            do {
                if (hasState) {
                    ByteCursor state = from.state();
                    accumulators.forEach(accumulator -> accumulator.read(GroupStream.CURRENT, state));
                }
                more = from.next();
            } while (more && isCurrent(from));
            ByteList out = to.begin(key.array, 0, key.size);
            if (hasState) {
                accumulators.forEach(accumulator -> accumulator.write(GroupStream.CURRENT, out));
            }
        }
    }

    private boolean isCurrent(SortedRecords records) {
        int start = records.keyStart();
        return Arrays.equals(records.bytes(), start, start + records.keyLength(), key.array, 0, key.size);
    }
}
