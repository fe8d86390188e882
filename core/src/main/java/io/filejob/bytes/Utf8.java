package io.filejob.bytes;

/** Validates UTF-8: accepts exactly the sequences of RFC 3629, section 4. */
public final class Utf8 {
    private Utf8() {}

    /** Returns whether {@code bytes[from, to)} is valid UTF-8. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        return firstInvalid(bytes, from, to) == to;
    }

    /**
     * Returns the index of the first byte in {@code bytes[from, to)} that does not begin a valid sequence, or {@code
     * to}.
     */
    public static int firstInvalid(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to) {
            if (bytes[p] < 0) {
                int length = sequence(bytes, p, to);
                if (length == 0) {
                    return p;
                }
                p += length;
            } else if (p + Long.BYTES <= to && Swar.isAscii(Swar.load(bytes, p))) {
                p += Long.BYTES;
            } else {
                p++;
            }
        }
        return to;
    }

    /** Returns the length of the sequence at {@code p}, which is not ASCII; 0 if it is invalid. */
    private static int sequence(byte[] bytes, int p, int to) {
        int lead = bytes[p] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || to - p < length) {
            return 0;
        }
        // These bounds exclude overlong sequences, surrogates, and code points beyond U+10FFFF.
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        int second = bytes[p + 1] & 0xFF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = p + 2; i < p + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
