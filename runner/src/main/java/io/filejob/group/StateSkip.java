package io.filejob.group;

import java.util.List;

/** Reads over the states of records. */
final class StateSkip {
    private final KeyFormat format;
    /** What is read over goes there. */
    private final List<Accumulator> ignored;

    StateSkip(GroupSchema schema) {
        this.format = schema.keys();
        this.ignored = GroupStream.accumulators(schema);
    }

    /** Reads over the state behind the key {@code bytes[keyStart, keyStart + keyLength)}. */
    void over(byte[] bytes, int keyStart, int keyLength, ByteCursor state) {
        if (format.length(bytes, keyStart, keyStart + keyLength) == keyLength) {
            for (int i = 0; i < ignored.size(); i++) {
                ignored.get(i).skip(state);
            }
        }
    }
}
