package io.filejob.service.upload;

import java.io.IOException;

/** Thrown when a client has gone before the end of its upload. */
public final class ConnectionCutException extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionCutException() {
        super("the connection was closed before the end of the body");
    }
}
