package io.filejob.group;

import java.util.List;

/** Skips the states of records. */
final class StateSkip {
    private final KeyFormat format;
    /** Accumulators used only to skip states. */
    private final List<Accumulator> ignored;

    StateSkip(GroupSchema schema) {
        this.format = schema.keys();
        this.ignored = GroupStream.accumulators(schema);
    }

    /** Skips the state after the key {@code bytes[keyStart, keyStart + keyLength)}. */
    void over(byte[] bytes, int keyStart, int keyLength, ByteCursor state) {
        if (format.length(bytes, keyStart, keyStart + keyLength) == keyLength) {
            for (int i = 0; i < ignored.size(); i++) {
                ignored.get(i).skip(state);
            }
        }
    }
}
