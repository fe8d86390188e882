package io.filejob.storage;

import java.io.IOException;

/** The bytes of a ledger are not what a worker of this release wrote; reading them once more does not help. */
final class DamagedLedgerException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedLedgerException(String problem) {
        super(problem);
    }

    DamagedLedgerException(String problem, Exception cause) {
        super(problem, cause);
    }

    /** The remedy in a store of the user's; empty if {@code e} has another cause. */
    static String remedy(IOException e) {
        return e instanceof DamagedLedgerException
                ? "; remove it from the store and run the job again, which repeats its slices alone"
                : "";
    }
}
