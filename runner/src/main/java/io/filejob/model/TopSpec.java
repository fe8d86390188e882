package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The first groups by rank; nulls come last, and ties in the order of the keys. */
@JsonPropertyOrder({"by", "order", "limit"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopSpec(
        @JsonPropertyDescription("The output's column that ranks the groups.")
        @Required
        @Size(max = AverageSpec.LONGEST_COLUMN)
        String by,

        @JsonPropertyDescription("Which come first.") @Default("descending") @Nullable
        Order order,

        @JsonPropertyDescription("How many rows at most, 1 to " + TopSpec.MOST + ".")
        @Required
        @Min(1)
        @Max(TopSpec.MOST)
        Integer limit) {
    /** They are held in memory. */
    public static final int MOST = 1_000_000;

    /** Fills in the default. */
    public TopSpec {
        order = order == null ? Order.DESCENDING : order;
    }

    /** With its default. */
    @Override
    public Order order() {
        return order == null ? Order.DESCENDING : order;
    }

    /** Which come first. */
    public enum Order {
        /** The largest. */
        @JsonProperty("descending")
        DESCENDING,
        /** The smallest. */
        @JsonProperty("ascending")
        ASCENDING
    }
}
