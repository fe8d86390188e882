package io.filejob.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a field of the spec that cannot be changed in the cluster once the job has started. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FixedOncePlanned {
    /** The message about a change. */
    String CHANGED = "is fixed once the job is planned: delete the FileJob and create it anew";
}
