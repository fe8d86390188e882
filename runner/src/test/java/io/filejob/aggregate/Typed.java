package io.filejob.aggregate;

import io.filejob.spec.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of texts according to their type. */
final class Typed {
    private static final Pattern NUMBER =
            Pattern.compile("[ \t]*([+-]?)(?:([0-9]+)\\.?([0-9]*)|\\.([0-9]+))(?:[eE]([+-]?[0-9]+))?[ \t]*");
    private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");
    private static final int LIMIT = 1000;
    private static final String NOT_UTF8 = "not valid UTF-8";

    private Typed() {}

    /** Returns why the bytes are not a valid value of this type, or null if they are. */
    static @Nullable String fault(String byteText, ValueType type) {
        return switch (type) {
            case STRING -> ByteText.isUtf8(byteText) ? null : NOT_UTF8;
            case DATE -> isDate(byteText) ? null : ByteText.isUtf8(byteText) ? "not a date" : NOT_UTF8;
            case DECIMAL -> numberFault(byteText);
        };
    }

    private static @Nullable String numberFault(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return "not a number";
        }
        if (length(number, 2) + length(number, 3) + length(number, 4) > LIMIT) {
            return "more than 1000 digits";
        }
        String exponent = number.group(5);
        return exponent != null && new BigDecimal(exponent).abs().compareTo(BigDecimal.valueOf(LIMIT)) > 0
                ? "exponent beyond 1000"
                : null;
    }

    private static int length(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : matcher.group(group).length();
    }

    private static boolean isDate(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return false;
        }
        try {
            LocalDate.of(
                    Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Returns the number of a text without {@link #fault}. */
    static BigDecimal number(String text) {
        return new BigDecimal(text.strip());
    }

    /** Prints the number in plain notation. */
    static String print(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Returns the order of texts without {@link #fault}. */
    static Comparator<String> order(ValueType type) {
        return type == ValueType.DECIMAL ? Comparator.comparing(Typed::number) : Comparator.naturalOrder();
    }
}
