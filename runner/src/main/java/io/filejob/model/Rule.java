package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A rule between fields for the API server, in the Common Expression Language (CEL) of custom resource definitions.
 * {@link SpecRules} has the same rule for the command line, with the same message. On the element type of a list, the
 * rule
 * applies to the elements of this list only.
 */
@Target({ElementType.TYPE, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Rule.All.class)
public @interface Rule {
    /** The field with the problem, as a path below the record. */
    String field();

    /** The condition on the record, {@code self}. */
    String holds();

    /** The message if the condition is false, with {@code %s} for each of the values. */
    String message();

    /** The values in the message, as expressions that evaluate to strings. */
    String[] values() default {};

    /** Several rules. */
    @Target({ElementType.TYPE, ElementType.TYPE_USE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        /** The rules in order. */
        Rule[] value();
    }
}
