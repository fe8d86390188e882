package io.filejob.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rules between the fields of a record. On the element type of a list, they apply to the elements of this list only,
 * in addition to the rules of the element's record.
 */
@Target({ElementType.TYPE, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface CheckedBy {
    /** The rules. */
    Class<? extends RuleSet<?>> value();
}
