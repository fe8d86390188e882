package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.ShortForm;
import io.filejob.value.Identifier;
import org.jspecify.annotations.Nullable;

/** Maps a column of the input to a column of the table. */
@JsonPropertyOrder({"from", "to", "type"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(ColumnRules.class)
@ShortForm("from")
public record ColumnSpec(
        @JsonPropertyDescription("The input column, by name or by position (#2).")
        @Required
        @Size(max = CsvFormat.MAX_COLUMN_LENGTH)
        String from,

        @JsonPropertyDescription("The table column. If absent, the name of the input column.")
        @Identifier
        @Size(max = Identifier.MAX_LENGTH)
        @Nullable
        String to,

        @JsonPropertyDescription(
                "The PostgreSQL type of the table column, for example numeric(10,2). It must match the type in an existing table. If absent, the existing column's type, or text in a created table.")
        @Size(max = ColumnSpec.MAX_TYPE_LENGTH)
        @Nullable
        String type) {
    static final long MAX_TYPE_LENGTH = 127;

    /** A column's position as a name, for example {@code #2}. */
    static final String POSITION = "#[1-9][0-9]{0,5}";

    private static final String WORD = "[a-z_][a-z0-9_]*";

    /**
     * The syntax of a type: a name, optionally with a schema, or one of the names that contain a space; then optionally
     * modifiers in parentheses, a time zone, and brackets for an array. Since a type becomes part of SQL statements
     * unchanged, the pattern admits no quotes, comments or terminators.
     */
    public static final String TYPE =
            "(?i:(double precision|(national )?char(acter)? varying|national char(acter)?|bit varying|"
                    + WORD + "([.]" + WORD + ")?)( ?[(] ?[a-z0-9_]+( ?, ?[a-z0-9_]+)* ?[)])?( with(out)? time zone)?"
                    + "( ?\\[[0-9]*\\])*)";

    /** Returns the table column: {@code to}, or {@code from} if it is absent. */
    public String target() {
        return to == null ? from : to;
    }
}
