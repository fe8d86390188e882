package io.filejob.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column, as far as it decides without the server which texts it takes. Every judgement other than {@link
 * Verdict#UNKNOWN} holds for all versions of PostgreSQL; texts are valid UTF-8, and so is the server's encoding
 * unless they are ASCII.
 *
 * @param kind the kind of type
 * @param limit the maximum number of characters of a {@link TypeKind#LIMITED} text, or of digits that always fit; of a {@link
 * TypeKind#DECIMAL}, of digits before the point
 * @param overflow the number of digits, of a {@link TypeKind#DECIMAL} before the point, from which a number without leading
 * zeros never fits; 0 if there is none
 */
record FieldType(TypeKind kind, int limit, int overflow) {
    private static final Pattern LENGTH = Pattern.compile("character(?: varying)?\\((\\d{1,8})\\)");
    private static final Pattern PRECISION = Pattern.compile("numeric\\((\\d{1,4}),(\\d{1,4})\\)");
    /** The number of digits before the point, and of those after it, that any number without a precision takes. */
    private static final int MAX_PLAIN_DIGITS = 30;
    /** The number of leading digits up to which an error in a number is always one of syntax, not of range. */
    private static final int MAX_DIGITS_BEFORE_ERROR = 4;

    /** The number of digits of a number up to which its only fault is to be out of range. */
    private static final int MAX_DIGITS = 100;

    private static final int MAX_BOOLEAN = 6;
    private static final Set<String> BOOLEANS = Set.of(
            "t", "tr", "tru", "true", "f", "fa", "fal", "fals", "false", "y", "ye", "yes", "n", "no", "on", "of", "off",
            "1", "0");

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
        /** A date, or a timestamp with or without time zone. */
        DATE,
        /** A boolean. */
        BOOLEAN,
        /** A domain, which may refuse nulls, too. */
        DOMAIN,
        /** Any other type. */
        OTHER
    }

    /** What is known about a text. */
    enum Verdict {
        /** PostgreSQL takes it. */
        VALID,
        /** PostgreSQL refuses it, for the same reason as all other texts with this verdict in the same column. */
        INVALID,
        /** As {@link #INVALID}, for another reason, in which the text may be quoted. */
        OUT_OF_RANGE,
        /** Only PostgreSQL knows. */
        UNKNOWN
    }

    /** Returns the type with the object identifier {@code oid}, which PostgreSQL describes as {@code name}. */
    static FieldType of(long oid, String name) {
        // The identifiers of built-in types are the same in all versions (pg_type.dat).
        return switch ((int) oid) {
            case 21 -> new FieldType(TypeKind.INTEGER, 4, 6);
            case 23 -> new FieldType(TypeKind.INTEGER, 9, 11);
            case 20 -> new FieldType(TypeKind.INTEGER, 18, 20);
            case 1700 -> numeric(name);
            case 700, 701 -> new FieldType(TypeKind.DECIMAL, MAX_PLAIN_DIGITS, 0);
            case 25 -> of(TypeKind.UNLIMITED);
            case 2950 -> of(TypeKind.UUID);
            case 1082, 1114, 1184 -> of(TypeKind.DATE);
            case 16 -> of(TypeKind.BOOLEAN);
            case 1042, 1043 -> text(name);
            default -> of(TypeKind.OTHER);
        };
    }

    /** Returns the type of a column whose type is a domain. */
    static FieldType domain() {
        return of(TypeKind.DOMAIN);
    }

    private static FieldType of(TypeKind kind) {
        return new FieldType(kind, 0, 0);
    }

    /** A number is rounded to the scale, which may add a digit before the point. */
    private static FieldType numeric(String name) {
        Matcher precision = PRECISION.matcher(name);
        if (precision.matches()) {
            int digits = Integer.parseInt(precision.group(1)) - Integer.parseInt(precision.group(2));
            return new FieldType(
                    TypeKind.DECIMAL, Math.clamp(digits - 1, 0, MAX_PLAIN_DIGITS), digits < 1 ? 0 : digits + 1);
        }
        return new FieldType(TypeKind.DECIMAL, name.equals("numeric") ? MAX_PLAIN_DIGITS : 0, 0);
    }

    private static FieldType text(String name) {
        if (name.equals("character varying")) {
            return of(TypeKind.UNLIMITED);
        }
        Matcher length = LENGTH.matcher(name);
        return length.matches()
                ? new FieldType(TypeKind.LIMITED, Integer.parseInt(length.group(1)), 0)
                : of(TypeKind.OTHER);
    }

    /** Judges the text {@code bytes[from, to)}, which has no NUL. */
    Verdict judge(byte[] bytes, int from, int to) {
        return switch (kind) {
            case INTEGER -> integer(bytes, from, to);
            case DECIMAL -> decimal(bytes, from, to);
            case UNLIMITED -> Verdict.VALID;
            case LIMITED ->
                characters(bytes, from, withoutTrailingSpaces(bytes, from, to)) > limit
                        ? Verdict.INVALID
                        : Verdict.VALID;
            case UUID -> uuid(bytes, from, to);
            case DATE -> DateText.judge(bytes, from, to);
            case BOOLEAN -> bool(bytes, from, to);
            case DOMAIN, OTHER -> Verdict.UNKNOWN;
        };
    }

    /** Digits after an optional sign; later versions also take letters and underscores within numbers. */
    private Verdict integer(byte[] bytes, int from, int to) {
        int begin = afterSign(bytes, from, to);
        int p = afterDigits(bytes, begin, to);
        int digits = p - begin;
        if (p == to && digits > 0) {
            return digits <= limit ? Verdict.VALID : overflows(bytes, begin, p);
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
        boolean isNumber = begin < to && (isDigit(bytes[begin]) || bytes[begin] == '.');
        if (!isNumber && !isWord(bytes, begin, to)) {
            return Verdict.INVALID;
        }
        int point = afterDigits(bytes, begin, to);
        int end = point < to && bytes[point] == '.' ? afterDigits(bytes, point + 1, to) : point;
        boolean isPlain = end == to && point > begin && end - point != 1 && end - point <= MAX_PLAIN_DIGITS;
        if (!isPlain) {
            return Verdict.UNKNOWN;
        }
        return point - begin <= limit ? Verdict.VALID : overflows(bytes, begin, point);
    }

    /** Returns whether the text begins like infinity or NaN, in any case; more may follow them. */
    private static boolean isWord(byte[] bytes, int from, int to) {
        String word = new String(bytes, from, Math.min(3, to - from), StandardCharsets.ISO_8859_1);
        return word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("nan");
    }

    /** Judges the digits before the point of a number that may be too large. */
    private Verdict overflows(byte[] bytes, int from, int to) {
        boolean isOver = overflow > 0 && to - from >= overflow && bytes[from] != '0' && to - from <= MAX_DIGITS;
        return isOver ? Verdict.OUT_OF_RANGE : Verdict.UNKNOWN;
    }

    /** Takes the words true, false, yes, no, on and off, which may be shortened, and the digits 1 and 0. */
    private static Verdict bool(byte[] bytes, int from, int to) {
        int begin = from;
        while (begin < to && isSpace(bytes[begin])) {
            begin++;
        }
        int end = to;
        while (end > begin && isSpace(bytes[end - 1])) {
            end--;
        }
        boolean isShort = end - begin < MAX_BOOLEAN;
        String word = new String(bytes, begin, isShort ? end - begin : MAX_BOOLEAN, StandardCharsets.ISO_8859_1);
        return BOOLEANS.contains(word.toLowerCase(Locale.ROOT)) ? Verdict.VALID : Verdict.INVALID;
    }

    /** Returns the number of characters of UTF-8. */
    private static int characters(byte[] bytes, int from, int to) {
        int count = 0;
        for (int p = from; p < to; p++) {
            count += (bytes[p] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
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
