package io.filejob.spec.aggregate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.spec.average.AverageSpec;
import io.filejob.value.EnumNames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Limits the output to the first groups by rank. Nulls rank last; ties are ordered by key. */
@JsonPropertyOrder({"by", "order", "limit"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopSpec(
        @JsonPropertyDescription("The output column by which groups are ranked.")
        @Required
        @Size(max = AverageSpec.MAX_COLUMN_LENGTH)
        String by,

        @JsonPropertyDescription("Whether the largest (descending) or the smallest (ascending) come first.")
        @Default(TopSpec.DEFAULT_ORDER)
        @Nullable
        Order order,

        @JsonPropertyDescription("The maximum number of output rows, 1 to " + TopSpec.MAX + ".")
        @Required
        @Min(1)
        @Max(TopSpec.MAX)
        Integer limit) {
    static final String DEFAULT_ORDER = "descending";
    /** The maximum of {@code limit}. */
    public static final int MAX = 1_000_000;

    /** Fills in the default. */
    public TopSpec {
        order = order == null ? EnumNames.constant(Order.class, DEFAULT_ORDER) : order;
    }

    /** Returns the order of the ranking, {@value #DEFAULT_ORDER} by default. */
    @Override
    public Order order() {
        return Objects.requireNonNull(order);
    }

    /** The order of the ranking. */
    public enum Order {
        /** The largest come first. */
        @JsonProperty("descending")
        DESCENDING,
        /** The smallest come first. */
        @JsonProperty("ascending")
        ASCENDING
    }
}
