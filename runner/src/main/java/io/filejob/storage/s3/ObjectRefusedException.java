package io.filejob.storage.s3;

/** Failure to read an object for a reason that concerns only this object. */
public final class ObjectRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final ObjectRefusal kind;

    /** Kinds of reasons. */
    public enum ObjectRefusal {
        /** The bucket or object does not exist. */
        MISSING,
        /** The credentials do not allow access to it. */
        FORBIDDEN,
        /** The service refuses the request for another reason. */
        INVALID
    }

    ObjectRefusedException(ObjectRefusal kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns the kind of the reason. */
    public ObjectRefusal kind() {
        return kind;
    }
}
