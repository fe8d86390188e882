package io.filejob.storage.remote;

import java.io.IOException;

/** The end of a request whose server is too slow; the message says in what way. */
public final class SlowServerException extends IOException {
    private static final long serialVersionUID = 1;

    public SlowServerException(String message) {
        super(message);
    }

    public SlowServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
