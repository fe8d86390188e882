package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Generated files of random numbers, one per line. The same seed gives the same files on every worker. */
@JsonPropertyOrder({"files", "entriesPerFile", "seed", "min", "max", "decimals", "filesPerSlice", "keep"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(GenerateRules.class)
public record GenerateSpec(
        @JsonPropertyDescription("The number of files (F), at least 1.") @Required @Min(1)
        Long files,

        @JsonPropertyDescription("The number of entries in each file (C), at least 1. F times C is at most 2^63-1.")
        @Required
        @Min(1)
        Long entriesPerFile,

        @JsonPropertyDescription("The seed of the random numbers.") @Default("" + GenerateSpec.DEFAULT_SEED) @Nullable
        Long seed,

        @JsonPropertyDescription("The smallest possible number, a decimal.")
        @Default("'" + GenerateSpec.DEFAULT_MIN + "'")
        @Pattern(GenerateSpec.DECIMAL)
        @Size(max = GenerateSpec.MAX_DECIMAL_LENGTH)
        @Nullable
        String min,

        @JsonPropertyDescription("The largest possible number, a decimal.")
        @Default("'" + GenerateSpec.DEFAULT_MAX + "'")
        @Pattern(GenerateSpec.DECIMAL)
        @Size(max = GenerateSpec.MAX_DECIMAL_LENGTH)
        @Nullable
        String max,

        @JsonPropertyDescription(
                "The number of digits after the decimal point, 0 to " + GenerateSpec.MAX_DECIMALS + ".")
        @Default("" + GenerateSpec.DEFAULT_DECIMALS)
        @Min(0)
        @Max(GenerateSpec.MAX_DECIMALS)
        @Nullable
        Integer decimals,

        @JsonPropertyDescription("The number of files in a slice.")
        @Default("" + GenerateSpec.DEFAULT_FILES_PER_SLICE)
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

    private static final long DEFAULT_SEED = 0;
    private static final String DEFAULT_MIN = "0";
    private static final String DEFAULT_MAX = "1000";
    private static final int DEFAULT_DECIMALS = 2;
    private static final int DEFAULT_FILES_PER_SLICE = 5;

    public static final String DECIMAL = "[+-]?[0-9]{1,19}([.][0-9]{1,18})?";

    /** The maximum length of such a decimal, in characters: a sign, digits, the point, digits. */
    static final int MAX_DECIMAL_LENGTH = 39;

    /** Fills in the defaults. */
    public GenerateSpec {
        seed = seed == null ? Long.valueOf(DEFAULT_SEED) : seed;
        min = min == null ? DEFAULT_MIN : min;
        max = max == null ? DEFAULT_MAX : max;
        decimals = decimals == null ? Integer.valueOf(DEFAULT_DECIMALS) : decimals;
        filesPerSlice = filesPerSlice == null ? Integer.valueOf(DEFAULT_FILES_PER_SLICE) : filesPerSlice;
    }

    /** Returns the seed, {@value #DEFAULT_SEED} by default. */
    @Override
    public Long seed() {
        return Objects.requireNonNull(seed);
    }

    /** Returns the smallest possible number as text, {@value #DEFAULT_MIN} by default. */
    @Override
    public String min() {
        return Objects.requireNonNull(min);
    }

    /** Returns the largest possible number as text, {@value #DEFAULT_MAX} by default. */
    @Override
    public String max() {
        return Objects.requireNonNull(max);
    }

    /** Returns the smallest possible number. */
    public BigDecimal smallest() {
        return new BigDecimal(min());
    }

    /** Returns the largest possible number. */
    public BigDecimal largest() {
        return new BigDecimal(max());
    }

    /** Returns the number of digits after the decimal point, {@value #DEFAULT_DECIMALS} by default. */
    @Override
    public Integer decimals() {
        return Objects.requireNonNull(decimals);
    }

    /** Returns the number of files in a slice, {@value #DEFAULT_FILES_PER_SLICE} by default. */
    @Override
    public Integer filesPerSlice() {
        return Objects.requireNonNull(filesPerSlice);
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
