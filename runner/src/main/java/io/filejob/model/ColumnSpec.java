package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A column of the input, and of the table. */
@JsonPropertyOrder({"from", "to", "type"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnSpec(
        @JsonPropertyDescription("The input's column, by name or, as #2, by position.")
        @Required
        @Size(max = AverageSpec.LONGEST_COLUMN)
        String from,

        @JsonPropertyDescription("The table's column; the same name if absent.")
        @Size(max = ColumnSpec.LONGEST)
        @Nullable
        String to,

        @JsonPropertyDescription(
                "Its type, one of PostgreSQL's, for example numeric(10,2); that of a table that is there must be the same. The table's, or text in a table that is made, if absent.")
        @Size(max = ColumnSpec.LONGEST_TYPE)
        @Nullable
        String type) {
    /** As PostgreSQL has it for names, in bytes. */
    static final long LONGEST = 63;

    static final long LONGEST_TYPE = 127;

    /** The table's column. */
    public String target() {
        return to == null ? from : to;
    }
}
