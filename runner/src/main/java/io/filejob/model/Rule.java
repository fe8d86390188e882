package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A rule between fields, for the API server: in the common expression language (CEL) of custom resource definitions.
 * {@link SpecRules} has the same rule for the command line, with the same words. At the elements of a list it is for
 * those of this list only.
 */
@Target({ElementType.TYPE, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Rule.All.class)
public @interface Rule {
    /** The field at fault, as a path below the record. */
    String field();

    /** What holds of the record, {@code self}. */
    String holds();

    /** What is said where it does not, with {@code %s} for each of the values. */
    String message();

    /** The values in the message: expressions for texts. */
    String[] values() default {};

    /** Several. */
    @Target({ElementType.TYPE, ElementType.TYPE_USE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        /** In this order. */
        Rule[] value();
    }
}
