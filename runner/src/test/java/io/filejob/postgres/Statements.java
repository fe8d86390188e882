package io.filejob.postgres;

import io.filejob.testing.postgres.CutProxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Predicates for the statements of an ingest, for use with {@link CutProxy}. */
public final class Statements {
    /** Copies the rows of a slice into the staging table. */
    public static final Predicate<String> STAGE = text -> text.startsWith("COPY \"public\".\"filejob_");
    /** Copies the rows of a slice into the target table. */
    public static final Predicate<String> APPEND = text -> text.startsWith("COPY \"public\".\"products\"");
    /** First statement of a merge: checks that all rows are in the staging tables. */
    public static final Predicate<String> BEFORE_MERGE = text -> text.startsWith("SELECT start, part FROM");
    /** Merges a partition. */
    public static final Predicate<String> MERGE = text -> text.startsWith("WITH source AS");
    /** Begins to rebuild an aggregate table. */
    public static final Predicate<String> AGGREGATE =
            text -> text.startsWith("LOCK TABLE \"public\".\"products_by_name\"");
    /** Removes the job's own objects. */
    public static final Predicate<String> REMOVE = text -> text.startsWith("DROP SEQUENCE");
    /** Ends a transaction. */
    public static final Predicate<String> COMMIT = "COMMIT"::equals;

    private Statements() {}

    /**
     * Matches the last of these statements after they have occurred in order, with any others in between. For one
     * connection and a single use.
     */
    @SafeVarargs
    public static Predicate<String> inOrder(Predicate<String>... statements) {
        AtomicInteger seen = new AtomicInteger();
        return text -> {
            if (!statements[seen.get()].test(text)) {
                return false;
            }
            return seen.incrementAndGet() == statements.length;
        };
    }
}
