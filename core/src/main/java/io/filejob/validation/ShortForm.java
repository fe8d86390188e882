package io.filejob.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the member that a text stands for where a local manifest has a text instead of this record. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ShortForm {
    /** The member's name. */
    String value();

    /** The only texts that stand for it; all if there are none. */
    String[] texts() default {};
}
