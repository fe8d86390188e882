package io.filejob.numeric;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Decimals of groups that do not fit into a long, with an estimate of their memory. */
public final class BigDecimals {
    /** Bytes of a map entry with its key, and of a decimal without its digits. */
    private static final long OVERHEAD = 192;

    private Map<Integer, BigDecimal> values = new HashMap<>();
    private long heldBytes;

    /** Returns whether no group has a value. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns whether {@code group} has a value. */
    public boolean has(int group) {
        return !values.isEmpty() && values.containsKey(group);
    }

    /** Returns the value of {@code group}, null without one. */
    @Nullable
    public BigDecimal get(int group) {
        return values.isEmpty() ? null : values.get(group);
    }

    /** Combines {@code value} with the value of the group, if there is one. */
    public void merge(int group, BigDecimal value, BinaryOperator<BigDecimal> combine) {
        BigDecimal known = values.get(group);
        BigDecimal combined = known == null ? value : combine.apply(known, value);
        values.put(group, combined);
        heldBytes += bytes(combined) - (known == null ? 0 : bytes(known));
    }

    private static long bytes(BigDecimal value) {
        return OVERHEAD + value.precision() / 2;
    }

    /** Returns the approximate memory of all values in bytes. */
    public long heldBytes() {
        return heldBytes;
    }

    /** Removes all values. */
    public void clear() {
        if (!values.isEmpty()) {
            // A cleared map would keep its memory.
            values = new HashMap<>();
        }
        heldBytes = 0;
    }
}
