package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Generated files of random numbers, one per line. The same seed gives the same files on every worker. */
@JsonPropertyOrder({"files", "entriesPerFile", "seed", "min", "max", "decimals", "filesPerSlice", "keep"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "entriesPerFile",
        holds = "self.files < 1 || self.entriesPerFile <= " + Long.MAX_VALUE + " / self.files",
        message = RuleMessages.TOO_MANY_ENTRIES)
@Rule(
        field = "filesPerSlice",
        holds = "self.files < 1 || self.filesPerSlice < 1 || (self.files - 1) / self.filesPerSlice < "
                + FileJobSpec.MAX_SLICES,
        message = RuleMessages.TOO_MANY_SLICES)
@Rule(
        field = "max",
        holds = GenerateSpec.RANGE + GenerateSpec.HOLDS_A_NUMBER + "))",
        message = RuleMessages.NO_NUMBERS,
        values = {GenerateSpec.DECIMALS_TEXT, "self.min", "self.max"})
@Rule(
        field = "max",
        holds = GenerateSpec.RANGE + "!(" + GenerateSpec.HOLDS_A_NUMBER + ") || (" + GenerateSpec.FITS_63_BITS + ")))",
        message = RuleMessages.TOO_FINE,
        values = {"self.min", "self.max", GenerateSpec.DECIMALS_TEXT})
public record GenerateSpec(
        @JsonPropertyDescription("The number of files (F), at least 1.") @Required @Min(1)
        Long files,

        @JsonPropertyDescription("The number of entries in each file (C), at least 1. F times C is at most 2^63-1.")
        @Required
        @Min(1)
        Long entriesPerFile,

        @JsonPropertyDescription("The seed of the random numbers.") @Default("0") @Nullable
        Long seed,

        @JsonPropertyDescription("The smallest possible number, a decimal.")
        @Default("'0'")
        @Pattern(GenerateSpec.DECIMAL)
        @Size(max = GenerateSpec.MAX_DECIMAL_LENGTH)
        @Nullable
        String min,

        @JsonPropertyDescription("The largest possible number, a decimal.")
        @Default("'1000'")
        @Pattern(GenerateSpec.DECIMAL)
        @Size(max = GenerateSpec.MAX_DECIMAL_LENGTH)
        @Nullable
        String max,

        @JsonPropertyDescription(
                "The number of digits after the decimal point, 0 to " + GenerateSpec.MAX_DECIMALS + ".")
        @Default("2")
        @Min(0)
        @Max(GenerateSpec.MAX_DECIMALS)
        @Nullable
        Integer decimals,

        @JsonPropertyDescription("The number of files in a slice.")
        @Default("5")
        @Min(1)
        @Max(Integer.MAX_VALUE)
        @Nullable
        Integer filesPerSlice,

        @JsonPropertyDescription(
                "The folder in which the files are kept. If absent, each file exists in scratch space only while it is read.")
        @Nullable
        KeepSpec keep) {
    /** The maximum number of digits after the decimal point, since numbers are counted in 64 bits. */
    public static final int MAX_DECIMALS = 18;

    static final String DECIMAL = "[+-]?[0-9]{1,19}([.][0-9]{1,18})?";

    /** The maximum length of such a decimal, in characters: a sign, digits, the point, digits. */
    static final int MAX_DECIMAL_LENGTH = 39;

    /**
     * The number of decimals as a string, in CEL. A call of {@code string()} would exceed the API server's cost limit.
     */
    static final String DECIMALS_TEXT =
            "['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14',"
                    + " '15', '16', '17', '18'][self.decimals]";

    /**
     * Binds min and max, in units of the last decimal, if they are decimals; in CEL, followed by a condition and {@code
     * ))}.
     */
    static final String RANGE = "self.decimals < 0 || self.decimals > " + GenerateSpec.MAX_DECIMALS
            + " || !self.min.matches('^" + GenerateSpec.DECIMAL + "$') || !self.max.matches('^" + GenerateSpec.DECIMAL
            + "$') || [double(self.min + 'e' + " + GenerateSpec.DECIMALS_TEXT + ")].all(min,"
            + " [double(self.max + 'e' + " + GenerateSpec.DECIMALS_TEXT + ")].all(max, ";

    /**
     * Whether there is a whole number from min to max, in CEL, which has only doubles for this. Below 2^53 rounding can
     * only widen the range, and beyond it only the order is checked, so every refused range is indeed empty.
     */
    static final String HOLDS_A_NUMBER = "min <= max && (min < -9007199254740992.0 || max > 9007199254740992.0"
            + " || int(min) + (double(int(min)) < min ? 1 : 0) <= int(max) - (double(int(max)) > max ? 1 : 0))";

    /** Whether min, max and the count of numbers between them fit 63 bits, in CEL, up to the rounding of doubles. */
    static final String FITS_63_BITS =
            "min >= -9223372036854775808.0 && max <= 9223372036854775808.0" + " && max - min <= 9223372036854780000.0";

    /** Fills in the defaults. */
    public GenerateSpec {
        seed = seed == null ? Long.valueOf(0) : seed;
        min = min == null ? "0" : min;
        max = max == null ? "1000" : max;
        decimals = decimals == null ? Integer.valueOf(2) : decimals;
        filesPerSlice = filesPerSlice == null ? Integer.valueOf(5) : filesPerSlice;
    }

    /** Returns the seed, 0 by default. */
    @Override
    public Long seed() {
        return seed == null ? 0 : seed;
    }

    /** Returns the smallest possible number. */
    public BigDecimal smallest() {
        return new BigDecimal(min == null ? "0" : min);
    }

    /** Returns the largest possible number. */
    public BigDecimal largest() {
        return new BigDecimal(max == null ? "1000" : max);
    }

    /** Returns the number of digits after the decimal point, 2 by default. */
    @Override
    public Integer decimals() {
        return decimals == null ? 2 : decimals;
    }

    /** Returns the number of files in a slice, 5 by default. */
    @Override
    public Integer filesPerSlice() {
        return filesPerSlice == null ? 5 : filesPerSlice;
    }

    /** Returns the name of a file, counted from 0; names sort in the order of the numbers. */
    public String fileName(long file) {
        int digits = Long.toString(files - 1).length();
        String number = Long.toString(file);
        return "file-" + "0".repeat(digits - number.length()) + number + ".txt";
    }

    /** Returns whether {@code name} is the name of one of the files. */
    public boolean isFileName(String name) {
        String number = name.replaceAll("^file-([0-9]{1,19})[.]txt$", "$1");
        return !number.equals(name)
                && new BigInteger(number).bitLength() < Long.SIZE
                && Long.parseLong(number) < files
                && fileName(Long.parseLong(number)).equals(name);
    }
}
