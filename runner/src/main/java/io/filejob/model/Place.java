package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text that is a path or a {@code file:} URI. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Place {
    /** The most characters it may have. */
    int LONGEST = 1024;

    /** How a URI begins, and a path does not. */
    String SCHEME = "[a-zA-Z][a-zA-Z0-9+.-]*:";

    /** How those URIs begin that can be read. */
    String FILE_SCHEME = "([fF][iI][lL][eE]:|[sS]3://|[hH][tT][tT][pP][sS]?://)";

    /** What is said of a blank text. */
    String BLANK = " is empty: write a path or a file: URI";

    /** What is said of another URI. */
    String ELSEWHERE = " is not supported by this version of FileJob: use a path or a file: URI"
            + " (./ before a path with a colon)";
}
