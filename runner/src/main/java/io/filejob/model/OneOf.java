package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Exactly one of these members is set, as in a Pod's volume sources. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {
    /** What is said where no member is set. */
    String NONE = "nothing is set";

    /** What is said after the members that are set, joined by {@code and}. */
    String SEVERAL = " are set";

    /** What helps where there is one member only, before its name. */
    String SET = ": set ";

    /** What helps, before the members' names. */
    String SET_ONE = SET + "exactly one of ";

    /** The members' names. */
    String[] value();
}
