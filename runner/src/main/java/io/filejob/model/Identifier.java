package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A text that names a table or a column of a database, as it is: PostgreSQL's names have at most 63 bytes, and what is
 * longer is cut by it without a word.
 */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Identifier {
    /** Whether a schema's name and a dot may stand before it, so that there are no other dots. */
    boolean qualified() default false;

    /** The most bytes in UTF-8. */
    int LONGEST = 63;

    /** The most bytes of two with a dot between them. */
    int LONGEST_QUALIFIED = 127;

    /** What it looks like. */
    String ONE = "[^\\p{Cc}]+";

    /** What it looks like with a schema or without one. */
    String ONE_OR_TWO = "[^.\\p{Cc}]+([.][^.\\p{Cc}]+)?";

    /** What is said of others. */
    String NOT_ONE = " is not a name: use 1 to " + LONGEST + " bytes and no control characters";

    /** What is said of others. */
    String NOT_ONE_OR_TWO = " does not name a table: write name or schema.name, each of 1 to " + LONGEST
            + " bytes and without control characters";
}
