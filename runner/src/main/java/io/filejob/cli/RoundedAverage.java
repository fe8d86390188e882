package io.filejob.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Averages for people, which have up to 34 digits otherwise. */
final class RoundedAverage {
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final Pattern AVERAGE = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private RoundedAverage() {}

    /**
     * Returns a number of at most 15 significant digits in plain notation, more only before the decimal point; {@code
     * average} itself if that is shorter, or not a number, as a truncated text.
     */
    static String of(String average) {
        if (!AVERAGE.matcher(average).matches()) {
            return average;
        }
        BigDecimal exact = new BigDecimal(average);
        if (exact.precision() <= DIGITS.getPrecision()) {
            return average;
        }
        int places = DIGITS.getPrecision() - (exact.precision() - exact.scale());
        BigDecimal rounded = exact.setScale(Math.max(0, Math.min(places, exact.scale())), RoundingMode.HALF_EVEN);
        String text = rounded.toPlainString();
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
