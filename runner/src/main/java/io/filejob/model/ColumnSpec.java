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
@Rule(
        field = "to",
        holds = "has(self.to) || !self.from.matches('^" + ColumnSpec.POSITION + "$')",
        message = Words.TARGET_OF_POSITION,
        values = IngestCel.FROM)
@Rule(
        field = "from",
        holds = "has(self.to) || " + IngestCel.FROM_IS_A_NAME,
        message = Words.NOT_A_TARGET,
        values = IngestCel.FROM)
@Rule(
        field = "type",
        holds = "!has(self.type) || self.type.matches(r'^" + ColumnSpec.TYPE + "$')",
        message = Words.NOT_A_TYPE,
        values = "'\"' + self.type + '\"'")
public record ColumnSpec(
        @JsonPropertyDescription("The input's column, by name or, as #2, by position.")
        @Required
        @Size(max = CsvFormat.LONGEST_COLUMN)
        String from,

        @JsonPropertyDescription("The table's column; the same name if absent.")
        @Identifier
        @Size(max = Identifier.LONGEST)
        @Nullable
        String to,

        @JsonPropertyDescription(
                "Its type, one of PostgreSQL's, for example numeric(10,2); that of a table that is there must be the same. The table's, or text in a table that is made, if absent.")
        @Size(max = ColumnSpec.LONGEST_TYPE)
        @Nullable
        String type) {
    static final long LONGEST_TYPE = 127;

    /** How a column is named by its position. */
    static final String POSITION = "#[1-9][0-9]{0,5}";

    private static final String WORD = "[a-z_][a-z0-9_]*";

    /**
     * What a type looks like: a name, perhaps with a schema, or one of those with a space in them; limits in brackets, a
     * time zone, and brackets for an array. Nothing in it can end it or be a comment, and there are no quotes: it is a part of
     * statements as it is.
     */
    static final String TYPE =
            "(?i:(double precision|(national )?char(acter)? varying|national char(acter)?|bit varying|"
                    + WORD + "([.]" + WORD + ")?)( ?[(] ?[a-z0-9_]+( ?, ?[a-z0-9_]+)* ?[)])?( with(out)? time zone)?"
                    + "( ?\\[[0-9]*\\])*)";

    /** The table's column. */
    public String target() {
        return to == null ? from : to;
    }
}
