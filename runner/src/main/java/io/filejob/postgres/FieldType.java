package io.filejob.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column, as far as it decides without the server which texts it takes. Every judgement other than {@link
 * Verdict#UNKNOWN} holds for all versions of PostgreSQL; texts are ASCII.
 *
 * @param kind the kind of type
 * @param limit the maximum number of characters of a {@link TypeKind#LIMITED} text, or of digits that always fit; of a {@link
 * TypeKind#DECIMAL}, of digits before the point
 */
record FieldType(TypeKind kind, int limit) {
    private static final Pattern LENGTH = Pattern.compile("character(?: varying)?\\((\\d{1,8})\\)");
    private static final Pattern PRECISION = Pattern.compile("numeric\\((\\d{1,4}),(\\d{1,4})\\)");
    /** The number of digits before the point, and of those after it, that any number without a precision takes. */
    private static final int MAX_PLAIN_DIGITS = 30;
    /** The number of leading digits up to which an error in a number is always one of syntax, not of range. */
    private static final int MAX_DIGITS_BEFORE_ERROR = 4;

    /** The kinds of types. */
    enum TypeKind {
        /** An integer type. */
        INTEGER,
        /** The types numeric, real and double precision; of their texts, plain decimals and odd beginnings are judged. */
        DECIMAL,
        /** Text of any length. */
        UNLIMITED,
        /** Text of limited length. */
        LIMITED,
        /** A UUID. */
        UUID,
        /** Any other type. */
        OTHER
    }

    /** What is known about a text. */
    enum Verdict {
        /** PostgreSQL takes it. */
        VALID,
        /** PostgreSQL refuses it, for the same reason as all other texts with this verdict in the same column. */
        INVALID,
        /** Only PostgreSQL knows. */
        UNKNOWN
    }

    /** Returns the type with the object identifier {@code oid}, which PostgreSQL describes as {@code name}. */
    static FieldType of(long oid, String name) {
        // The identifiers of built-in types are the same in all versions (pg_type.dat).
        return switch ((int) oid) {
            case 21 -> new FieldType(TypeKind.INTEGER, 4);
            case 23 -> new FieldType(TypeKind.INTEGER, 9);
            case 20 -> new FieldType(TypeKind.INTEGER, 18);
            case 1700 -> numeric(name);
            case 700, 701 -> new FieldType(TypeKind.DECIMAL, MAX_PLAIN_DIGITS);
            case 25 -> new FieldType(TypeKind.UNLIMITED, 0);
            case 2950 -> new FieldType(TypeKind.UUID, 0);
            case 1042, 1043 -> text(name);
            default -> new FieldType(TypeKind.OTHER, 0);
        };
    }

    /** A number is rounded to the scale, which may add a digit before the point. */
    private static FieldType numeric(String name) {
        Matcher precision = PRECISION.matcher(name);
        if (precision.matches()) {
            int digits = Integer.parseInt(precision.group(1)) - Integer.parseInt(precision.group(2)) - 1;
            return new FieldType(TypeKind.DECIMAL, Math.clamp(digits, 0, MAX_PLAIN_DIGITS));
        }
        return new FieldType(TypeKind.DECIMAL, name.equals("numeric") ? MAX_PLAIN_DIGITS : 0);
    }

    private static FieldType text(String name) {
        if (name.equals("character varying")) {
            return new FieldType(TypeKind.UNLIMITED, 0);
        }
        Matcher length = LENGTH.matcher(name);
        return length.matches()
                ? new FieldType(TypeKind.LIMITED, Integer.parseInt(length.group(1)))
                : new FieldType(TypeKind.OTHER, 0);
    }

    /** Judges the text {@code bytes[from, to)}, which is ASCII without NUL. */
    Verdict judge(byte[] bytes, int from, int to) {
        return switch (kind) {
            case INTEGER -> integer(bytes, from, to);
            case DECIMAL -> decimal(bytes, from, to);
            case UNLIMITED -> Verdict.VALID;
            case LIMITED -> withoutTrailingSpaces(bytes, from, to) - from > limit ? Verdict.INVALID : Verdict.VALID;
            case UUID -> uuid(bytes, from, to);
            case OTHER -> Verdict.UNKNOWN;
        };
    }

    /** Digits after an optional sign; later versions also take letters and underscores within numbers. */
    private Verdict integer(byte[] bytes, int from, int to) {
        int begin = afterSign(bytes, from, to);
        int p = afterDigits(bytes, begin, to);
        int digits = p - begin;
        if (p == to && digits > 0) {
            return digits <= limit ? Verdict.VALID : Verdict.UNKNOWN;
        }
        if (digits == 0) {
            return Verdict.INVALID;
        }
        boolean isExtension = Character.isLetterOrDigit(bytes[p]) || bytes[p] == '_' || isSpace(bytes[p]);
        return isExtension || digits > MAX_DIGITS_BEFORE_ERROR ? Verdict.UNKNOWN : Verdict.INVALID;
    }

    /** Numbers begin with a digit, a point, or the words infinity and NaN. */
    private Verdict decimal(byte[] bytes, int from, int to) {
        int begin = afterSign(bytes, from, to);
        boolean isNumber = begin < to && (isDigit(bytes[begin]) || ".iInN".indexOf(bytes[begin]) >= 0);
        if (!isNumber) {
            return Verdict.INVALID;
        }
        int point = afterDigits(bytes, begin, to);
        int end = point < to && bytes[point] == '.' ? afterDigits(bytes, point + 1, to) : point;
        boolean isPlain = end == to && point > begin && end - point != 1;
        boolean fits = point - begin <= limit && end - point <= MAX_PLAIN_DIGITS;
        return isPlain && fits ? Verdict.VALID : Verdict.UNKNOWN;
    }

    private static int afterDigits(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && isDigit(bytes[p])) {
            p++;
        }
        return p;
    }

    private static Verdict uuid(byte[] bytes, int from, int to) {
        boolean isUuid = from < to && (Character.digit(bytes[from], 16) >= 0 || bytes[from] == '{');
        return isUuid ? Verdict.UNKNOWN : Verdict.INVALID;
    }

    /** Returns the index after leading white space and at most one sign. */
    private static int afterSign(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && isSpace(bytes[p])) {
            p++;
        }
        return p < to && (bytes[p] == '-' || bytes[p] == '+') ? p + 1 : p;
    }

    private static int withoutTrailingSpaces(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
