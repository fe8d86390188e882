package io.filejob.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of another source in UTF-8, decoded from beginning to end. Bytes without a meaning in the encoding become
 * one that is not valid in UTF-8, so that fields with them are refused like those of files in UTF-8.
 */
final class DecodedSource extends DerivedSource {
    private static final int CHUNK = 64 << 10;
    private static final byte[] INVALID = {(byte) 0xFF};

    private final TextEncoding encoding;
    private final ByteBuffer in = ByteBuffer.allocate(CHUNK).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private @Nullable CharsetDecoder decoder;
    private byte[] text = {};
    private int next;
    private long position;
    private long storedPosition;
    private boolean isAtEnd;
    private boolean isDone;

    DecodedSource(ByteSource stored, TextEncoding encoding) {
        super(stored);
        this.encoding = encoding;
    }

    @Override
    public long size() {
        return UNKNOWN;
    }

    @Override
    public int read(long from, byte[] bytes, int offset, int length) throws IOException {
        checkForward(from, position);
        while (hasText() && position < from) {
            int skipped = (int) Math.min(from - position, text.length - next);
            next += skipped;
            position += skipped;
        }
        if (!hasText()) {
            return -1;
        }
        int count = Math.min(length, text.length - next);
        System.arraycopy(text, next, bytes, offset, count);
        next += count;
        position += count;
        return count;
    }

    /** Returns whether there is a byte at {@code next}; decodes more if necessary. */
    private boolean hasText() throws IOException {
        while (next == text.length && !isDone) {
            text = decode();
            next = 0;
        }
        return next < text.length;
    }

    private byte[] decode() throws IOException {
        fill();
        CharsetDecoder decoding = decoder;
        if (decoding == null) {
            decoding = encoding.of(in.array(), in.limit())
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            decoder = decoding;
        }
        chars.clear();
        CoderResult result = decoding.decode(in, chars, isAtEnd);
        if (result.isUnderflow() && isAtEnd) {
            isDone = true;
            decoding.flush(chars);
        }
        chars.flip();
        if (chars.hasRemaining()) {
            // Invalid bytes after these characters remain in the buffer, and are found again.
            return chars.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (result.isError()) {
            in.position(in.position() + result.length());
            return INVALID;
        }
        return new byte[0];
    }

    private void fill() throws IOException {
        in.compact();
        while (in.hasRemaining() && !isAtEnd) {
            int read = stored.read(storedPosition, in.array(), in.position(), in.remaining());
            isAtEnd = read < 0;
            in.position(in.position() + Math.max(0, read));
            storedPosition += Math.max(0, read);
        }
        in.flip();
    }

    /** Expects all of the stored bytes, since the offset of a part of the text among them is unknown. */
    @Override
    public void expect(long from, long to) {
        stored.expect(0, stored.size() == UNKNOWN ? Long.MAX_VALUE : stored.size());
    }
}
