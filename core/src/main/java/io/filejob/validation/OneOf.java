package io.filejob.validation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Requires that exactly one of these members is set, as in a Pod's volume sources. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneOf {
    /** The message if no member is set. */
    String NONE = "nothing is set";

    /** The message after the members that are set, joined by {@code and}. */
    String SEVERAL = " are set";

    /** The remedy before the name of the only member. */
    String SET = ": set ";

    /** The remedy before the names of several members. */
    String SET_ONE = SET + "exactly one of ";

    /** The members' names. */
    String[] value();
}
