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
import org.jspecify.annotations.Nullable;

/** Files of random numbers, one to a line, the same for the same seed whoever makes them. */
@JsonPropertyOrder({"files", "entriesPerFile", "seed", "min", "max", "decimals", "filesPerSlice", "keep"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "entriesPerFile",
        holds = "self.files < 1 || self.entriesPerFile <= " + Long.MAX_VALUE + " / self.files",
        message = Words.TOO_MANY_ENTRIES)
@Rule(
        field = "filesPerSlice",
        holds = "self.files < 1 || self.filesPerSlice < 1 || (self.files - 1) / self.filesPerSlice < "
                + FileJobSpec.MAX_SLICES,
        message = Words.TOO_MANY_SLICES)
@Rule(
        field = "max",
        holds = GenerateSpec.RANGE + GenerateSpec.HOLDS_A_NUMBER + "))",
        message = Words.NO_NUMBERS,
        values = {GenerateSpec.DECIMALS_TEXT, "self.min", "self.max"})
@Rule(
        field = "max",
        holds = GenerateSpec.RANGE + "!(" + GenerateSpec.HOLDS_A_NUMBER + ") || (" + GenerateSpec.FITS_63_BITS + ")))",
        message = Words.TOO_FINE,
        values = {"self.min", "self.max", GenerateSpec.DECIMALS_TEXT})
public record GenerateSpec(
        @JsonPropertyDescription("F, how many files, 1 or more.") @Required @Min(1)
        Long files,

        @JsonPropertyDescription("C, how many numbers in each, 1 or more; F times C is at most 2^63-1.")
        @Required
        @Min(1)
        Long entriesPerFile,

        @JsonPropertyDescription("Picks the numbers.") @Default("0") @Nullable
        Long seed,

        @JsonPropertyDescription("The smallest number that can occur, a decimal.")
        @Default("'0'")
        @Pattern(GenerateSpec.DECIMAL)
        @Size(max = GenerateSpec.LONGEST_DECIMAL)
        @Nullable
        String min,

        @JsonPropertyDescription("The largest number that can occur, a decimal.")
        @Default("'1000'")
        @Pattern(GenerateSpec.DECIMAL)
        @Size(max = GenerateSpec.LONGEST_DECIMAL)
        @Nullable
        String max,

        @JsonPropertyDescription("How many digits each has after the point, 0 to " + GenerateSpec.MAX_DECIMALS + ".")
        @Default("2")
        @Min(0)
        @Max(GenerateSpec.MAX_DECIMALS)
        @Nullable
        Integer decimals,

        @JsonPropertyDescription("How many files make a slice.") @Default("5") @Min(1) @Max(Integer.MAX_VALUE) @Nullable
        Integer filesPerSlice,

        @JsonPropertyDescription(
                "A folder that the files are left in; if absent they live in scratch space while they are read.")
        @Nullable
        KeepSpec keep) {
    /** The most digits after the point: what 64 bits can count. */
    public static final int MAX_DECIMALS = 18;

    static final String DECIMAL = "[+-]?[0-9]{1,19}([.][0-9]{1,18})?";

    /** The most characters of such a decimal: a sign, digits, the point, digits. */
    static final int LONGEST_DECIMAL = 39;

    /** In CEL, the number of decimals as a text; {@code string()} would cost more than the API server allows. */
    static final String DECIMALS_TEXT =
            "['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14',"
                    + " '15', '16', '17', '18'][self.decimals]";

    /** In CEL, before a condition and two brackets: binds min and max in units of the last decimal, if they are decimals. */
    static final String RANGE = "self.decimals < 0 || self.decimals > " + GenerateSpec.MAX_DECIMALS
            + " || !self.min.matches('^" + GenerateSpec.DECIMAL + "$') || !self.max.matches('^" + GenerateSpec.DECIMAL
            + "$') || [double(self.min + 'e' + " + GenerateSpec.DECIMALS_TEXT + ")].all(min,"
            + " [double(self.max + 'e' + " + GenerateSpec.DECIMALS_TEXT + ")].all(max, ";

    /**
     * In CEL, that there is a whole number from min to max. CEL has only doubles for that. Rounding can only widen the
     * range below 2^53, and beyond that only the order is looked at: what is refused is always empty.
     */
    static final String HOLDS_A_NUMBER = "min <= max && (min < -9007199254740992.0 || max > 9007199254740992.0"
            + " || int(min) + (double(int(min)) < min ? 1 : 0) <= int(max) - (double(int(max)) > max ? 1 : 0))";

    /** In CEL, that min, max and how many numbers there are fit 63 bits, give or take the rounding of doubles. */
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

    /** With its default. */
    @Override
    public Long seed() {
        return seed == null ? 0 : seed;
    }

    /** The smallest number that can occur. */
    public BigDecimal smallest() {
        return new BigDecimal(min == null ? "0" : min);
    }

    /** The largest number that can occur. */
    public BigDecimal largest() {
        return new BigDecimal(max == null ? "1000" : max);
    }

    /** With its default. */
    @Override
    public Integer decimals() {
        return decimals == null ? 2 : decimals;
    }

    /** With its default. */
    @Override
    public Integer filesPerSlice() {
        return filesPerSlice == null ? 5 : filesPerSlice;
    }
}
