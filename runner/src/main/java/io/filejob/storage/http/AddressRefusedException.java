package io.filejob.storage.http;

import java.net.UnknownHostException;

/**
 * Refusal to connect to a host or one of its addresses; the message names it, the reason and the setting that would
 * allow it.
 */
public final class AddressRefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    AddressRefusedException(String message) {
        super(message);
    }
}
