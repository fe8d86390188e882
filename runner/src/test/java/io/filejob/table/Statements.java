package io.filejob.table;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which statements of an ingest are meant, for a {@link CutProxy}. */
public final class Statements {
    /** Lets the rows of a slice wait. */
    public static final Predicate<String> STAGE = text -> text.startsWith("COPY \"public\".\"filejob_");
    /** Puts the rows of a slice into the table. */
    public static final Predicate<String> APPEND = text -> text.startsWith("COPY \"public\".\"products\"");
    /** The first of what merges a partition: looks whether all rows wait. */
    public static final Predicate<String> BEFORE_MERGE = text -> text.startsWith("SELECT start, part FROM");
    /** Merges a partition. */
    public static final Predicate<String> MERGE = text -> text.startsWith("WITH source AS");
    /** Begins to make an aggregated table anew. */
    public static final Predicate<String> AGGREGATE =
            text -> text.startsWith("LOCK TABLE \"public\".\"products_by_name\"");
    /** Removes what the job has made for itself. */
    public static final Predicate<String> REMOVE = text -> text.startsWith("DROP SEQUENCE");
    /** The end of a transaction. */
    public static final Predicate<String> COMMIT = "COMMIT"::equals;

    private Statements() {}

    /** The last of these, done one after the other, whatever is between them. For one connection, and one use. */
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
