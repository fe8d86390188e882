package io.filejob.service.table;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.filejob.spec.DatabaseSpec;
import java.util.List;

/**
 * A table that a job has loaded or rebuilt.
 *
 * @param table its name as in the manifest: name or schema.name
 * @param kind whether rows of the input or aggregates are in it
 * @param namespace the namespace of the job
 * @param job the name of the latest job that has loaded it
 * @param keys the columns that identify a row; empty if there are none
 * @param database the database
 */
public record LoadedTable(
        String table,
        TableKind kind,
        String namespace,
        String job,
        List<String> keys,
        @JsonIgnore DatabaseSpec database) {
    /** The content of a table. */
    public enum TableKind {
        /** The rows of the input. */
        @JsonProperty("rows")
        ROWS,
        /** Aggregates of the rows of another table. */
        @JsonProperty("aggregates")
        AGGREGATES
    }
}
