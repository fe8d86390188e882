package io.filejob.storage;

import java.net.UnknownHostException;

/** A host that must not be reached, or an address of it; the message says which, why and what would allow it. */
final class AddressRefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    AddressRefusedException(String message) {
        super(message);
    }
}
