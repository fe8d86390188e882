package io.filejob.storage.remote;

import java.io.IOException;

/** The end of a request whose server is too slow; the message says in what way. */
public final class SlowServerException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates one; {@code message} names the server and the time. */
    public SlowServerException(String message) {
        super(message);
    }

    /** Creates one with the failed wait as its cause. */
    public SlowServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
