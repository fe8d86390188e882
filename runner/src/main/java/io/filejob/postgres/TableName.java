package io.filejob.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The name of a table.
 *
 * @param schema null for the first schema of the search path that contains the table
 * @param name name within the schema
 */
record TableName(@Nullable String schema, String name) {
    /** Parses {@code name} or {@code schema.name}. */
    static TableName of(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new TableName(null, text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** Returns the quoted name for use in statements. */
    String sql() {
        return schema == null
                ? Sql.quoteIdentifier(name)
                : Sql.quoteIdentifier(schema) + "." + Sql.quoteIdentifier(name);
    }

    /** Returns the name of another table in the same schema. */
    TableName sibling(String other) {
        return new TableName(schema, other);
    }

    /** Returns the name for messages. */
    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
