package io.filejob.table;

import org.jspecify.annotations.Nullable;

/**
 * A table's name.
 *
 * @param schema null for the first of the search path that has it
 * @param name within the schema
 */
record TableName(@Nullable String schema, String name) {
    /** Of {@code name} or {@code schema.name}. */
    static TableName of(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new TableName(null, text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** As it stands in statements. */
    String sql() {
        return schema == null ? Sql.name(name) : Sql.name(schema) + "." + Sql.name(name);
    }

    /** Another one in the same schema. */
    TableName sibling(String other) {
        return new TableName(schema, other);
    }

    /** For people. */
    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
