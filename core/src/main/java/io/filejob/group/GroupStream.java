package io.filejob.group;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.InputPosition;
import io.filejob.measure.Accumulator;
import io.filejob.measure.CountAccumulator;
import io.filejob.measure.DecimalColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Combines records with equal keys: returns each key once, in order, with the combined state of its records. */
public final class GroupStream {
    /** Number of the only group in the accumulators. */
    public static final int CURRENT = 1;

    private final KeyFormat format;
    private final List<Accumulator> accumulators;
    private final SortedRecords records;
    private boolean more;

    private final ByteList key = new ByteList(256);
    private final ByteList lastValue = new ByteList(256);

    /** Creates a stream of the groups of {@code records}, whose keys ascend. */
    public GroupStream(GroupSchema schema, SortedRecords records) {
        this.format = schema.keys();
        this.accumulators = accumulators(schema);
        this.records = records;
        this.more = records.next();
    }

    /** Returns new, empty accumulators of the schema's measures. */
    public static List<Accumulator> accumulators(GroupSchema schema) {
        Map<Integer, DecimalColumn> columns = schema.decimalColumns();
        List<Accumulator> all = schema.accumulators(columns, new InputPosition());
        all.forEach(accumulator -> accumulator.reserve(CURRENT + 1));
        return all;
    }

    /** Returns the key of the current group. */
    public ByteList key() {
        return key;
    }

    /** Returns the accumulator of measure {@code measure}; its group is {@link #CURRENT}. */
    public Accumulator measure(int measure) {
        return accumulators.get(measure);
    }

    /** Makes the current group one without rows. */
    public void nothing() {
        accumulators.forEach(Accumulator::clear);
        key.clear();
    }

    /** Moves to the next group; returns false after the last one. */
    public boolean next() {
        if (!more) {
            return false;
        }
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).clear();
        }
        byte[] bytes = records.bytes();
        int start = records.keyStart();
        key.clear();
        key.put(bytes, start, start + format.length(bytes, start, start + records.keyLength()));
        lastValue.clear();
        do {
            add();
            more = records.next();
        } while (more && isCurrent());
        return true;
    }

    private boolean isCurrent() {
        int length = records.keyLength();
        int start = records.keyStart();
        // A longer key may begin with these bytes but belong to another group, since its text may contain a zero byte.
        if (length < key.size || format.length(records.bytes(), start, start + length) != key.size) {
            return false;
        }
        return Arrays.equals(records.bytes(), start, start + key.size, key.array, 0, key.size);
    }

    private void add() {
        if (records.keyLength() == key.size) {
            ByteCursor state = records.state();
            for (int i = 0; i < accumulators.size(); i++) {
                accumulators.get(i).read(CURRENT, state);
            }
            return;
        }
        byte[] bytes = records.bytes();
        int end = records.keyStart() + records.keyLength();
        int from = records.keyStart() + key.size;
        if (!Arrays.equals(bytes, from, end, lastValue.array, 0, lastValue.size)) {
            lastValue.clear();
            lastValue.put(bytes, from, end);
            ByteCursor number = new ByteCursor();
            number.of(bytes, from);
            ((CountAccumulator) accumulators.get((int) number.varint() - 1)).increment(CURRENT);
        }
    }
}
