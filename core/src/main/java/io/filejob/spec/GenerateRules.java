package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules between the fields of {@code spec.input.generate}: all counts must fit 63 bits. The predicates are exact; CEL
 * has only doubles for large numbers, and never refuses what the predicates accept.
 */
final class GenerateRules implements RuleSet<GenerateSpec> {
    /** The number of decimals as a string. A call of {@code string()} would exceed the API server's cost limit. */
    private static final String DECIMALS =
            "['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14',"
                    + " '15', '16', '17', '18'][self.decimals]";

    /**
     * Whether there is a whole number from min to max. Below 2^53 rounding can only widen the range, and beyond it only the
     * order is checked, so every refused range is indeed empty.
     */
    private static final String HOLDS_A_NUMBER = "min <= max && (min < -9007199254740992.0 || max > 9007199254740992.0"
            + " || int(min) + (double(int(min)) < min ? 1 : 0) <= int(max) - (double(int(max)) > max ? 1 : 0))";

    /** Whether min, max and the count of numbers between them fit 63 bits, up to the rounding of doubles. */
    private static final String FITS_63_BITS =
            "min >= -9223372036854775808.0 && max <= 9223372036854775808.0 && max - min <= 9223372036854780000.0";

    private static final ShownValue<GenerateSpec> MIN = ShownValue.plain("self.min", GenerateSpec::min);
    private static final ShownValue<GenerateSpec> MAX = ShownValue.plain("self.max", GenerateSpec::max);
    private static final ShownValue<GenerateSpec> SHOWN_DECIMALS =
            ShownValue.plain(DECIMALS, generate -> String.valueOf(generate.decimals()));

    @Override
    public List<SpecRule<GenerateSpec, ?>> rules() {
        return new RuleList<GenerateSpec>()
                .add(
                        "entriesPerFile",
                        "self.files < 1 || self.entriesPerFile <= " + Long.MAX_VALUE + " / self.files",
                        generate -> Math.multiplyHigh(generate.files(), generate.entriesPerFile()) == 0
                                && generate.files() * generate.entriesPerFile() >= 0,
                        "files times entriesPerFile is more than " + Long.MAX_VALUE + ": ask for fewer")
                .add(
                        "filesPerSlice",
                        "self.files < 1 || self.filesPerSlice < 1 || (self.files - 1) / self.filesPerSlice < "
                                + InputSpec.MAX_SLICES,
                        generate -> (generate.files() - 1) / generate.filesPerSlice() < InputSpec.MAX_SLICES,
                        "gives more than " + InputSpec.MAX_SLICES
                                + " slices: use at least the number of files divided by that")
                .add(
                        "max",
                        ifInRange(HOLDS_A_NUMBER),
                        GenerateRules::holdsANumber,
                        "there is no number with %s decimals from %s to %s: set max to min or more",
                        SHOWN_DECIMALS,
                        MIN,
                        MAX)
                .add(
                        "max",
                        ifInRange("!(" + HOLDS_A_NUMBER + ") || (" + FITS_63_BITS + ")"),
                        generate -> !holdsANumber(generate) || fits63Bits(generate),
                        "the numbers from %s to %s with %s decimals do not fit 63 bits: use fewer decimals or a smaller range",
                        MIN,
                        MAX,
                        SHOWN_DECIMALS)
                .toList();
    }

    /** Requires a condition on min and max, in units of the last decimal, if they are decimals. */
    private static String ifInRange(String condition) {
        return "self.decimals < 0 || self.decimals > " + GenerateSpec.MAX_DECIMALS
                + " || !self.min.matches('^" + GenerateSpec.DECIMAL + "$') || !self.max.matches('^"
                + GenerateSpec.DECIMAL
                + "$') || [double(self.min + 'e' + " + DECIMALS + ")].all(min, [double(self.max + 'e' + " + DECIMALS
                + ")].all(max, " + condition + "))";
    }

    private static boolean holdsANumber(GenerateSpec generate) {
        return lowest(generate).compareTo(highest(generate)) <= 0;
    }

    private static boolean fits63Bits(GenerateSpec generate) {
        BigInteger lowest = lowest(generate);
        BigInteger highest = highest(generate);
        return Stream.of(lowest, highest, highest.subtract(lowest).add(BigInteger.ONE))
                .allMatch(number -> number.bitLength() <= 63);
    }

    private static BigInteger lowest(GenerateSpec generate) {
        return inUnits(generate.smallest(), generate.decimals(), RoundingMode.CEILING);
    }

    private static BigInteger highest(GenerateSpec generate) {
        return inUnits(generate.largest(), generate.decimals(), RoundingMode.FLOOR);
    }

    private static BigInteger inUnits(BigDecimal number, int decimals, RoundingMode rounding) {
        return number.movePointRight(decimals).setScale(0, rounding).toBigInteger();
    }
}
