package io.filejob.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Map;

/**
 * An amount of a resource, as a Kubernetes quantity ({@code 500m}, {@code 2}, {@code 512Mi}), never negative.
 *
 * @param text as it was written
 */
public record ResourceQuantity(@JsonValue String text) {
    /** The message about an invalid quantity, which follows the text. */
    public static final String WORDS = " is not a quantity: write for example 500m, 2 or 512Mi";

    /** The maximum length, in characters. */
    public static final int MAX_LENGTH = 30;

    /** The syntax of a quantity. */
    public static final String PATTERN = "[0-9]{1,18}(\\.[0-9]{1,9})?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?";

    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
            Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
            Map.entry("k", BigDecimal.TEN.pow(3)),
            Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)),
            Map.entry("T", BigDecimal.TEN.pow(12)),
            Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ResourceQuantity of(Object textOrNumber) {
        return new ResourceQuantity(textOrNumber.toString());
    }

    /**
     * Returns the amount in units. Throws {@link NumberFormatException} if the text does not match {@link #PATTERN}.
     */
    public BigDecimal amount() {
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) {
            digits--;
        }
        BigDecimal unit = UNITS.getOrDefault(text.substring(digits), BigDecimal.ONE);
        return new BigDecimal(text.substring(0, digits)).multiply(unit);
    }
}
