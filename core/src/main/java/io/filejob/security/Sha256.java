package io.filejob.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests. An instance digests one sequence of bytes, piece by piece, and is for one thread. */
public final class Sha256 {
    private static final String PREFIX = "sha256:";

    private final MessageDigest digest;

    /** Begins a digest of no bytes. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the digest of {@code bytes}, as {@code sha256:} and 64 lower-case hexadecimal digits. */
    public static String of(byte[] bytes) {
        return new Sha256().update(bytes, 0, bytes.length).text();
    }

    /** Like {@link #of(byte[])}, for {@code text} in UTF-8. */
    public static String of(String text) {
        return new Sha256().update(text).text();
    }

    /** Appends {@code length} bytes from {@code from} on. */
    public Sha256 update(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        return this;
    }

    /** Appends the remaining bytes of {@code bytes}, whose position becomes its limit. */
    public Sha256 update(ByteBuffer bytes) {
        digest.update(bytes);
        return this;
    }

    /** Appends {@code text} in UTF-8. */
    public Sha256 update(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Returns the 32 bytes of the digest; the next piece begins a new sequence. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** Returns {@code sha256:} and 64 hexadecimal digits; the next piece begins a new sequence. */
    public String text() {
        return PREFIX + HexFormat.of().formatHex(bytes());
    }

    /**
     * Returns the first {@code bytes} bytes, 1 to 32, as hexadecimal digits without a prefix; the next piece begins a
     * new sequence.
     */
    public String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(), 0, bytes);
    }
}
