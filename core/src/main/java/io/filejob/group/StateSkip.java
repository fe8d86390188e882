package io.filejob.group;

import io.filejob.bytes.ByteCursor;
import io.filejob.measure.Accumulator;
import java.util.List;

/** Skips the states of records. */
public final class StateSkip {
    private final KeyFormat format;
    /** Accumulators used only to skip states. */
    private final List<Accumulator> ignored;

    /** Creates one for the states of the schema's measures. */
    public StateSkip(GroupSchema schema) {
        this.format = schema.keys();
        this.ignored = GroupStream.accumulators(schema);
    }

    /** Skips the state after the key {@code bytes[keyStart, keyStart + keyLength)}. */
    public void over(byte[] bytes, int keyStart, int keyLength, ByteCursor state) {
        if (format.length(bytes, keyStart, keyStart + keyLength) == keyLength) {
            for (int i = 0; i < ignored.size(); i++) {
                ignored.get(i).skip(state);
            }
        }
    }
}
