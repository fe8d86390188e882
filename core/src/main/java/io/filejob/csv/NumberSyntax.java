package io.filejob.csv;

import io.filejob.bytes.ByteList;

/**
 * Numbers with another character before the fraction than a point, or with groups of three digits, such as {@code
 * 1.234,5}. Not thread-safe.
 */
final class NumberSyntax {
    private static final int GROUP = 3;

    private final byte decimal;
    private final byte[] separator;
    private byte[] bytes = {};
    private int p;
    private int to;

    NumberSyntax(Leniency leniency) {
        decimal = (byte) leniency.decimal();
        separator = leniency.thousandsBytes();
    }

    /**
     * Appends the number {@code buffer[from, end)} with a point and without groups. Returns false, with nothing
     * appended, if the text cannot be a number; the digits of an exponent are not checked.
     */
    boolean append(byte[] buffer, int from, int end, ByteList out) {
        bytes = buffer;
        p = from;
        to = end;
        int before = out.size;
        if (number(out)) {
            return true;
        }
        out.size = before;
        return false;
    }

    private boolean number(ByteList out) {
        while (to > p && isBlank(bytes[to - 1])) {
            to--;
        }
        while (p < to && isBlank(bytes[p])) {
            p++;
        }
        if (p < to && (bytes[p] == '+' || bytes[p] == '-')) {
            out.put(bytes[p++]);
        }
        if (!whole(out)) {
            return false;
        }
        if (p < to && bytes[p] == decimal) {
            p++;
            out.put('.');
            digits(out);
        }
        if (p < to && (bytes[p] == 'e' || bytes[p] == 'E')) {
            out.put(bytes, p, to);
            return isExponent(p + 1);
        }
        return p == to;
    }

    private boolean isExponent(int from) {
        for (int i = from; i < to; i++) {
            boolean isSign = i == from && (bytes[i] == '+' || bytes[i] == '-');
            if (!isSign && !isDigit(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** Appends the digits before the fraction; returns false if groups of them do not have three digits. */
    private boolean whole(ByteList out) {
        int digits = digits(out);
        if (separator.length == 0 || !isSeparator()) {
            return true;
        }
        if (digits < 1 || digits > GROUP) {
            return false;
        }
        while (isSeparator()) {
            p += separator.length;
            if (digits(out) != GROUP) {
                return false;
            }
        }
        return true;
    }

    private boolean isSeparator() {
        if (to - p < separator.length) {
            return false;
        }
        for (int i = 0; i < separator.length; i++) {
            if (bytes[p + i] != separator[i]) {
                return false;
            }
        }
        return true;
    }

    private int digits(ByteList out) {
        int from = p;
        while (p < to && isDigit(bytes[p])) {
            p++;
        }
        out.put(bytes, from, p);
        return p - from;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
