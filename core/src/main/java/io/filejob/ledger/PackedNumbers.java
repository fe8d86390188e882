package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.filejob.bytes.ByteList;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Numbers of rows, lines or bytes: LEB128 in base64 in a ledger, so that small ones take a byte. Immutable. */
public final class PackedNumbers {
    /** No numbers. */
    public static final PackedNumbers NONE = of();

    private final long[] values;

    private PackedNumbers(long[] values) {
        Counts.check(values);
        this.values = values;
    }

    /** Packs a copy of {@code values}, which are not negative. */
    public static PackedNumbers of(long... values) {
        return new PackedNumbers(values.clone());
    }

    /** Decodes the result of {@link #base64}; throws {@link IllegalArgumentException} if {@code base64} is not valid. */
    @JsonCreator
    static PackedNumbers parse(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        long[] values = new long[bytes.length];
        int count = 0;
        long value = 0;
        int shift = 0;
        for (byte b : bytes) {
            value |= (b & 0x7FL) << shift;
            shift += 7;
            if (shift > Long.SIZE - 2) {
                throw new IllegalArgumentException("not packed numbers");
            }
            if (b >= 0) {
                values[count++] = value;
                value = 0;
                shift = 0;
            }
        }
        if (shift > 0) {
            throw new IllegalArgumentException("truncated numbers");
        }
        return new PackedNumbers(Arrays.copyOf(values, count));
    }

    @JsonValue
    String base64() {
        ByteList bytes = new ByteList(values.length * 2);
        for (long value : values) {
            bytes.putVarint(value);
        }
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /** Returns the number with this index. */
    long at(int index) {
        return values[index];
    }

    /** Returns how many numbers there are. */
    int count() {
        return values.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedNumbers numbers && Arrays.equals(values, numbers.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /** Returns the text in a ledger, since the choice between copies that differ depends on it. */
    @Override
    public String toString() {
        return base64();
    }
}
