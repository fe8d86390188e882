package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Files of random numbers, one to a line, the same for the same seed whoever makes them.
 *
 * @param files F, how many files, 1 or more
 * @param entriesPerFile C, how many numbers in each, 1 or more; F times C is at most 2^63-1
 * @param seed picks the numbers
 * @param min the smallest number that can occur
 * @param max the largest one
 * @param decimals how many digits each has after the point, 0 to {@value #MAX_DECIMALS}
 * @param filesPerSlice how many files make a slice
 * @param keep a folder that the files are left in; if absent they live in scratch space while they are read
 */
@JsonPropertyOrder({"files", "entriesPerFile", "seed", "min", "max", "decimals", "filesPerSlice", "keep"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GenerateSpec(
        @Required @Min(1) Long files,
        @Required @Min(1) Long entriesPerFile,
        @Default("0") @Nullable Long seed,

        @Default("0") @Pattern(GenerateSpec.DECIMAL) @Nullable
        String min,

        @Default("1000") @Pattern(GenerateSpec.DECIMAL) @Nullable
        String max,

        @Default("2") @Min(0) @Max(GenerateSpec.MAX_DECIMALS) @Nullable
        Integer decimals,

        @Default("5") @Min(1) @Max(Integer.MAX_VALUE) @Nullable
        Integer filesPerSlice,

        @Nullable KeepSpec keep) {
    /** The most digits after the point: what 64 bits can count. */
    public static final int MAX_DECIMALS = 18;

    static final String DECIMAL = "[+-]?[0-9]{1,19}(\\.[0-9]{1,18})?";

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
