package io.filejob.worker;

import io.filejob.coverage.Coverage;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.LostPartialException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the results that a worker has to report as lost, as long as it may repeat their slices. For one thread. */
final class LossRecovery {
    /**
     * Maximum number of recoveries that find no lost result, since the ledger of a worker that reported it may be late.
     */
    private static final int MAX_VAIN_RECOVERIES = 20;

    private final LossBudget budget;
    private final @Nullable Folder partials;
    private int vain;

    /** Creates the recovery of worker {@code worker}; {@code partials} is null if all partial results are in ledgers. */
    LossRecovery(int worker, @Nullable Folder partials) {
        this.budget = new LossBudget(worker);
        this.partials = partials;
    }

    /**
     * Returns the results of {@code known} that need the file that {@code lost} names, or another missing file, since
     * several may be missing at the same time. Throws {@link JobFailedException} if this worker has repeated slices too
     * often.
     */
    List<Loss> losses(LostPartialException lost, Coverage known, Collection<Ledger> ledgers) {
        List<Loss> losses = lost.slice() == LostPartialException.UNKNOWN
                ? losses(known, lost.file())
                : known.losses(lost.slice(), lost.file());
        vain += losses.isEmpty() ? 1 : 0;
        if (vain > MAX_VAIN_RECOVERIES) {
            throw lost;
        }
        budget.check(ledgers, losses, lost);
        return losses;
    }

    private List<Loss> losses(Coverage known, String file) {
        if (partials == null) {
            return known.losses(file::equals);
        }
        Set<String> there = partials.list().stream().map(Folder.Entry::name).collect(Collectors.toSet());
        return known.losses(name -> name.equals(file) || !there.contains(name));
    }
}
