package io.filejob.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A text that names a file or a folder: a path, a {@code file:} URI or what else can be reached there. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Place {
    /** Where it can be. */
    Reach value() default Reach.MACHINE;

    /** The most characters it may have. */
    int LONGEST = 1024;

    /** How a URI begins, and a path does not. */
    String SCHEME = "[a-zA-Z][a-zA-Z0-9+.-]*:";

    /** What is said of a blank text. */
    String BLANK = " is empty: write a path or a file: URI";

    /** What is said of a URI that cannot be reached, before what can be. */
    String ELSEWHERE = " is not supported by this version of FileJob: use ";

    /** What names of files cannot hold, as it is or, in URIs, encoded. */
    String NUL = "\\x00|^([fF][iI][lL][eE]|s3):.*%00";

    /** What is said of that. */
    String HOLDS_NUL = " holds the character NUL, which is in no name: leave it out";

    /** How URIs of object storage begin. */
    String S3_SCHEME = "s3:";

    /** What they look like, after {@link #S3_SCHEME}: a bucket, and a key that may be empty, a prefix or a glob. */
    String S3_PLACE = "//[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*";

    /** What is said of others. */
    String NOT_S3 = " does not name a bucket and a key: write s3://bucket/key";

    /** How URLs begin. */
    String HTTP_SCHEME = "https?:";

    /**
     * What they look like, after {@link #HTTP_SCHEME}: a host, perhaps a port, and no user, since a spec has no
     * secrets.
     */
    String HTTP_PLACE = "//[^/?#@]+(/.*)?";

    /** What is said of others. */
    String NOT_HTTP = " does not name a host and a path: write https://host/path, without a user";

    /** Where a place can be. */
    enum Reach {
        /** On this machine, or what its pod mounts. */
        MACHINE("[fF][iI][lL][eE]:", "a path or a file: URI"),
        /** There or in object storage. */
        STORAGE("([fF][iI][lL][eE]|s3):", "a path, a file: URI or an s3: URI"),
        /** There or behind a URL. */
        ANYWHERE("([fF][iI][lL][eE]|s3|https?):", "a path or a file:, s3:, http: or https: URI");

        private final String scheme;
        private final String remedy;

        Reach(String scheme, String remedy) {
            this.scheme = scheme;
            this.remedy = remedy + " (./ before a path with a colon)";
        }

        /** How those URIs begin, as a pattern. */
        public String scheme() {
            return scheme;
        }

        /** What can be written. */
        public String remedy() {
            return remedy;
        }
    }
}
