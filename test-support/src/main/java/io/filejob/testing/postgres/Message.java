package io.filejob.testing.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message of PostgreSQL's protocol. */
final class Message {
    /** Type of the messages at the start of a connection. */
    static final char NO_TYPE = 0;
    /** Messages from the client. */
    static final char QUERY = 'Q';

    static final char PARSE = 'P';
    static final char BIND = 'B';
    static final char COPY_DATA = 'd';
    /** Messages from the server. */
    static final char READY_FOR_QUERY = 'Z';

    private static final List<Integer> WISHES = List.of(80877103, 80877104);

    private final char type;
    private final byte[] body;

    private Message(char type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** Reads the next message; returns null at the end. */
    static @Nullable Message read(DataInputStream in) throws IOException {
        int type = in.read();
        return type < 0 ? null : new Message((char) type, body(in));
    }

    /** Reads the next message at the start of a connection. */
    static Message readFirst(DataInputStream in) throws IOException {
        return new Message(NO_TYPE, body(in));
    }

    private static byte[] body(DataInputStream in) throws IOException {
        int length = in.readInt() - Integer.BYTES;
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return body;
    }

    char type() {
        return type;
    }

    /** Returns the length in bytes without type and length fields. */
    int bytes() {
        return body.length;
    }

    void write(DataOutputStream out) throws IOException {
        if (type != NO_TYPE) {
            out.writeByte(type);
        }
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
    }

    /** Returns whether the client requests TLS or GSSAPI encryption. */
    boolean isWishForEncryption() {
        return type == NO_TYPE
                && body.length == Integer.BYTES
                && WISHES.contains(ByteBuffer.wrap(body).getInt());
    }

    /** Returns the zero-terminated text with this index, counted from 0. */
    String text(int index) {
        return new String(body, ISO_8859_1).split("\0", index + 2)[index];
    }
}
