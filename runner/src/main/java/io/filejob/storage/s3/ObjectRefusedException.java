package io.filejob.storage.s3;

/** Failure to read an object for a reason that concerns only this object. */
public final class ObjectRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Kinds of reasons. */
    public enum Kind {
        /** The bucket or object does not exist. */
        MISSING,
        /** The credentials do not allow access to it. */
        FORBIDDEN,
        /** The service refuses the request for another reason. */
        INVALID
    }

    ObjectRefusedException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns the kind of the reason. */
    public Kind kind() {
        return kind;
    }
}
