package io.filejob.read;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8 as RFC 3629 has it. Not thread-safe. */
public final class Utf8 {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(1024);

    /** Whether {@code bytes[from, to)} is. */
    public boolean isValid(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] >= 0) {
            p++;
        }
        return p == to || decodes(bytes, p, to);
    }

    private boolean decodes(byte[] bytes, int from, int to) {
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, to - from);
        decoder.reset();
        CoderResult result;
        do {
            characters.clear();
            result = decoder.decode(rest, characters, true);
        } while (result.isOverflow());
        return !result.isError();
    }
}
