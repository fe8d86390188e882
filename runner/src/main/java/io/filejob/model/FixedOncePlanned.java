package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field of the spec that cannot change any more in the cluster once the status has a plan. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FixedOncePlanned {
    /** What is said of a change. */
    String CHANGED = "is fixed once the job is planned: delete the FileJob and create it anew";
}
