package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Sorted groups in the format of a block of a run: base64 in a ledger, bytes in memory, so that any number of them can
 * be merged without a copy. Immutable.
 */
public final class InlineGroups {
    /** No groups. */
    public static final InlineGroups NONE = of(new byte[0], 0);

    private final byte[] bytes;
    private final int size;

    private InlineGroups(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** Returns a copy of {@code bytes[0, size)}. */
    public static InlineGroups of(byte[] bytes, int size) {
        return new InlineGroups(Arrays.copyOf(Arrays.copyOf(bytes, size), size + ByteList.SLACK), size);
    }

    /** Decodes the result of {@link #base64}; throws {@link IllegalArgumentException} if {@code base64} is not valid. */
    @JsonCreator
    static InlineGroups parse(String base64) {
        byte[] text = base64.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[Math.ceilDiv(text.length, 4) * 3 + ByteList.SLACK];
        return new InlineGroups(bytes, Base64.getDecoder().decode(text, bytes));
    }

    @JsonValue
    String base64() {
        byte[] text = Base64.getEncoder().encode(Arrays.copyOf(bytes, size));
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Returns the groups and, after {@link #size} bytes, {@link ByteList#SLACK} more; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the number of bytes of the groups. */
    public int size() {
        return size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InlineGroups groups && Arrays.equals(bytes, 0, size, groups.bytes, 0, groups.size);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(Arrays.copyOf(bytes, size));
    }

    /** Returns the text in a ledger, since the choice between copies that differ depends on it. */
    @Override
    public String toString() {
        return base64();
    }
}
