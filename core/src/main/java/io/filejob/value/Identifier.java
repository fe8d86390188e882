package io.filejob.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A name of a database table or column, used unchanged. PostgreSQL's names have at most 63 bytes; it truncates longer
 * ones
 * silently.
 */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Identifier {
    /** Whether the name may have a schema and a dot as its prefix, and hence no other dots. */
    boolean qualified() default false;

    /** The maximum length, in bytes of UTF-8. */
    int MAX_LENGTH = 63;

    /** The maximum length of a qualified name, in bytes of UTF-8. */
    int MAX_QUALIFIED_LENGTH = 127;

    /** The syntax of an unqualified name. */
    String ONE = "[^\\p{Cc}]+";

    /** The syntax of a name with an optional schema. */
    String ONE_OR_TWO = "[^.\\p{Cc}]+([.][^.\\p{Cc}]+)?";

    /** The message about an invalid name. */
    String NOT_ONE = " is not a name: use 1 to " + MAX_LENGTH + " bytes and no control characters";

    /** The message about an invalid name. */
    String NOT_ONE_OR_TWO = " does not name a table: write name or schema.name, each of 1 to " + MAX_LENGTH
            + " bytes and without control characters";
}
