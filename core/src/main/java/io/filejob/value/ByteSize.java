package io.filejob.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as a Kubernetes quantity ({@code 64Mi}, {@code 1G}, {@code 1.5Gi}, {@code 1048576}).
 *
 * @param text as it was written
 * @param bytes the number of bytes, 1 to 2^63-1
 */
public record ByteSize(@JsonValue String text, long bytes) {
    /** The syntax: a number and a unit. */
    public static final String PATTERN = "([0-9]{1,18}(?:\\.[0-9]{1,9})?)(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?";

    /** The maximum length, in characters. */
    public static final int MAX_LENGTH = 30;

    /** The message about a text that does not match the syntax. */
    public static final String NOT_A_SIZE = "not a size";

    /** The message about a size of zero. */
    public static final String TOO_SMALL = "less than one byte";

    /** The remedy, which follows the problem in a message. */
    public static final String REMEDY = ": write for example 64Mi or 1048576";

    private static final Pattern QUANTITY = Pattern.compile(PATTERN);
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("k", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("T", 1_000_000_000_000L),
            Map.entry("P", 1_000_000_000_000_000L),
            Map.entry("Ki", 1L << 10),
            Map.entry("Mi", 1L << 20),
            Map.entry("Gi", 1L << 30),
            Map.entry("Ti", 1L << 40),
            Map.entry("Pi", 1L << 50));

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ByteSize of(Object textOrNumber) {
        return parse(textOrNumber.toString());
    }

    /** Parses a quantity. Throws {@link IllegalArgumentException} if it is invalid, below one byte or beyond 2^63-1. */
    public static ByteSize parse(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(NOT_A_SIZE);
        }
        String unit = matcher.group(2);
        BigDecimal bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit == null ? 1 : UNITS.getOrDefault(unit, 1L)));
        try {
            long exact = bytes.longValueExact();
            if (exact < 1) {
                throw new IllegalArgumentException(TOO_SMALL);
            }
            return new ByteSize(text, exact);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a whole number of bytes up to 2^63-1", e);
        }
    }
}
