package io.filejob.worker;

import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.LostPartialException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Limits the losses that one worker reports, in all its attempts: a worker whose node cannot read the partial results
 * ends, instead of having other workers repeat their slices again and again.
 *
 * @param worker the index of the worker
 */
record LossBudget(int worker) {
    /**
     * Throws {@link JobFailedException} with the message of {@code cause} if this worker has reported a slice of {@code
     * losses} {@link Loss#MAX_BY_WORKER} times in {@code ledgers}, which may contain a ledger more than once.
     */
    void check(Collection<Ledger> ledgers, Collection<Loss> losses, LostPartialException cause) {
        Set<Loss> reported = ledgers.stream()
                .filter(ledger -> ledger.worker() == worker)
                .flatMap(ledger -> ledger.losses().stream())
                .filter(loss -> !loss.isRedriven())
                .collect(Collectors.toSet());
        for (Loss loss : losses) {
            long times = reported.stream()
                    .filter(earlier -> earlier.slice() == loss.slice())
                    .count();
            if (times >= Loss.MAX_BY_WORKER) {
                throw cause.followedBy(
                        "; slice " + loss.slice() + " has been repeated " + times
                                + " times for this worker: check the disk or mount of the store on this machine, and"
                                + " whether other programs write there",
                        cause);
            }
        }
    }
}
