package io.filejob.ledger;

import java.io.IOException;

/** The bytes of a ledger are not what a worker of this release wrote; reading them once more does not help. */
public final class DamagedLedgerException extends IOException {
    private static final long serialVersionUID = 1;

    /** Creates a failure whose message is {@code problem}, without the name of the ledger. */
    public DamagedLedgerException(String problem) {
        super(problem);
    }

    /** Creates a failure whose message is {@code problem}, without the name of the ledger. */
    public DamagedLedgerException(String problem, Exception cause) {
        super(problem, cause);
    }

    /** Returns the remedy in a store of the user's; empty if {@code e} has another cause. */
    public static String remedy(IOException e) {
        return e instanceof DamagedLedgerException
                ? "; remove it from the store and run the job again, which repeats its slices alone"
                : "";
    }
}
