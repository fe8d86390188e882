package io.filejob.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A location of a file or folder: a path, a {@code file:} URI, or a URI of another kind that {@link Reach} allows. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Location {
    /** The allowed kinds of locations. */
    Reach value() default Reach.MACHINE;

    /** The maximum length, in characters. */
    int MAX_LENGTH = 1024;

    /** The prefix that distinguishes URIs from paths. */
    String SCHEME = "[a-zA-Z][a-zA-Z0-9+.-]*:";

    /** The message about a blank text. */
    String BLANK = " is empty: write a path or a file: URI";

    /** The message about a URI of an unsupported kind, followed by the supported ones. */
    String ELSEWHERE = " is not supported by this version of FileJob: use ";

    /** Characters that file names cannot contain, literally or, in URIs, encoded. */
    String NUL = "\\x00|^([fF][iI][lL][eE]|s3):.*%00";

    /** The message about such characters. */
    String HOLDS_NUL = " holds the character NUL, which is in no name: leave it out";

    /** The prefix of URIs of object storage. */
    String S3_SCHEME = "s3:";

    /** The syntax after {@link #S3_SCHEME}: a bucket, and a key that may be empty, a prefix or a glob. */
    String S3_PLACE = "//[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*";

    /** The message about an invalid URI. */
    String NOT_S3 = " does not name a bucket and a key: write s3://bucket/key";

    /** The prefix of URLs. */
    String HTTP_SCHEME = "https?:";

    /**
     * The syntax after {@link #HTTP_SCHEME}: a host and an optional port, but no user, since a spec has no secrets.
     */
    String HTTP_PLACE = "//[^/?#@]+(/.*)?";

    /** The message about an invalid URI. */
    String NOT_HTTP = " does not name a host and a path: write https://host/path, without a user";

    /** The kinds of locations that a field allows. */
    enum Reach {
        /** Files on this machine, or on volumes of the pod. */
        MACHINE("[fF][iI][lL][eE]:", "a path or a file: URI"),
        /** Files and object storage. */
        STORAGE("([fF][iI][lL][eE]|s3):", "a path, a file: URI or an s3: URI"),
        /** Files, object storage and URLs. */
        ANYWHERE("([fF][iI][lL][eE]|s3|https?):", "a path or a file:, s3:, http: or https: URI");

        private final String scheme;
        private final String remedy;

        Reach(String scheme, String remedy) {
            this.scheme = scheme;
            this.remedy = remedy + " (./ before a path with a colon)";
        }

        /** Returns a pattern for the prefixes of the allowed URIs. */
        public String scheme() {
            return scheme;
        }

        /** What can be written. */
        public String remedy() {
            return remedy;
        }
    }
}
