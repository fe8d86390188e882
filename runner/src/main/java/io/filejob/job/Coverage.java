package io.filejob.job;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.RowCounts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The union of ledgers against a plan: one result a slice, chosen so that each begins where the one before it ended,
 * and what is missing for that. When {@link #isComplete()}, the chosen results are all of the job, each byte once.
 */
public final class Coverage {
    private static final long UNKNOWN = -1;

    private final Plan plan;
    private final List<List<SliceResult>> candidates;
    private final @Nullable SliceResult[] chosen;
    private final BitSet missing = new BitSet();
    private final SortedMap<Integer, Long> wrongStarts = new TreeMap<>();
    private @Nullable SliceResult failed;

    private Coverage(Plan plan) {
        this.plan = plan;
        this.candidates = new ArrayList<>(java.util.Collections.nCopies(plan.slices(), List.<SliceResult>of()));
        this.chosen = new @Nullable SliceResult[plan.slices()];
    }

    /**
     * The union of {@code ledgers}, whatever their order. {@link JobFailure} if two of them disagree on a slice, which
     * only a fault in memory, on a disk or in FileJob can bring about.
     */
    public static Coverage of(Plan plan, Collection<Ledger> ledgers) {
        Coverage coverage = new Coverage(plan);
        for (Ledger ledger : ledgers) {
            for (SliceResult result : ledger.results()) {
                coverage.add(result, ledger);
            }
        }
        coverage.chain();
        coverage.chooseRest();
        return coverage;
    }

    /** Of the later stages. There is nothing to reduce where all groups are in the ledgers. */
    private void chooseRest() {
        boolean reduced = plan.reduceSlices() > 0
                && !plan.reducesAlways()
                && isComplete(plan.stages().getFirst())
                && !hasRuns();
        int published = plan.slicing().slices() + plan.reduceSlices();
        for (int slice = plan.slicing().slices(); slice < plan.slices(); slice++) {
            if (!reduced || slice >= published) {
                choose(slice, candidates.get(slice).stream().findFirst().orElse(null));
            }
        }
    }

    /** Whether some of the chosen results are in files of their own. */
    public boolean hasRuns() {
        for (SliceResult result : chosen) {
            if (result != null
                    && result.partial() instanceof GroupsPartial groups
                    && !groups.runs().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void add(SliceResult result, Ledger ledger) {
        int slice = result.slice();
        ResultProof.check(plan, result, ledger);
        List<SliceResult> known = candidates.get(slice);
        for (SliceResult other : known) {
            if (other.start() == result.start()) {
                if (!other.agrees(result)) {
                    throw new JobFailure(
                            ExitCode.INTERNAL,
                            "two workers disagree on slice " + slice + ": the ledger of worker " + ledger.worker()
                                    + ", attempt " + ledger.attempt() + ", differs from another one");
                }
                return;
            }
        }
        List<SliceResult> all = new ArrayList<>(known);
        all.add(result);
        candidates.set(slice, List.copyOf(all));
    }

    /** Follows the starts and ends from slice to slice. */
    private void chain() {
        Slicing slicing = plan.slicing();
        long position = 0;
        boolean verified = true;
        for (int slice = 0; slice < slicing.slices(); slice++) {
            if (position >= slicing.end(slice)) {
                // A record of an earlier slice reaches beyond this one, which thus owns none.
                continue;
            }
            SliceResult result = startingAt(slice, position);
            if (result == null) {
                result = likeliest(slice);
                if (result != null && position != UNKNOWN) {
                    wrongStarts.put(slice, position);
                }
                verified = false;
            }
            choose(slice, result);
            if (result == null) {
                position = UNKNOWN;
                continue;
            }
            if (result.failure() != null) {
                // The line of one that is certain is known; that of another one by all that lies before it.
                if ((verified || result.certain()) && failed == null) {
                    failed = result;
                }
                position = UNKNOWN;
                verified = false;
            } else {
                position = result.end();
            }
        }
    }

    private @Nullable SliceResult startingAt(int slice, long position) {
        return candidates.get(slice).stream()
                .filter(candidate -> candidate.start() == position)
                .findFirst()
                .orElse(null);
    }

    /** Where nothing is known about the start; the last one added was found out to be nearer the truth. */
    private @Nullable SliceResult likeliest(int slice) {
        List<SliceResult> all = candidates.get(slice);
        return all.stream().filter(SliceResult::certain).findFirst().orElse(all.isEmpty() ? null : all.getLast());
    }

    private void choose(int slice, @Nullable SliceResult result) {
        chosen[slice] = result;
        missing.set(slice, result == null);
    }

    /** The plan that is covered. */
    public Plan plan() {
        return plan;
    }

    /** Whether all slices of all stages are there and fit together. */
    public boolean isComplete() {
        return failed == null && missing.isEmpty() && wrongStarts.isEmpty();
    }

    /** Whether all slices of {@code stage} are there and fit together. */
    public boolean isComplete(Stage stage) {
        int end = stage.first() + stage.slices();
        int next = missing.nextSetBit(stage.first());
        return failed == null
                && (next < 0 || next >= end)
                && wrongStarts.subMap(stage.first(), end).isEmpty();
    }

    /** Whether nobody has a result of this slice, and it needs one. */
    public boolean isMissing(int slice) {
        return missing.get(slice);
    }

    /** The slices without any result. */
    public BitSet missing() {
        return (BitSet) missing.clone();
    }

    /** Slices that guessed their start wrong, with the right one as far as it is known: they must be done again. */
    public SortedMap<Integer, Long> wrongStarts() {
        return wrongStarts;
    }

    /** The earliest slice that stopped at a bad record for sure; its job has failed. */
    public @Nullable SliceResult failed() {
        return failed;
    }

    /** One result a slice, in their order, as far as there are any. */
    public List<SliceResult> results() {
        List<SliceResult> results = new ArrayList<>();
        for (SliceResult result : chosen) {
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }

    /** The contributions of the slices of {@code stage}, in their order. */
    public List<Partial> partials(Stage stage) {
        return results().stream()
                .filter(result -> result.slice() >= stage.first() && result.slice() < stage.first() + stage.slices())
                .map(SliceResult::partial)
                .toList();
    }

    /** How many slices need nothing more. */
    public int done() {
        return plan.slices() - missing.cardinality() - wrongStarts.size();
    }

    /** The rows of all results. */
    public RowCounts rows() {
        RowCounts rows = RowCounts.NONE;
        for (SliceResult result : chosen) {
            if (result != null) {
                rows = rows.plus(result.rows());
            }
        }
        return Objects.requireNonNull(rows);
    }

    /** The bytes of all results. */
    public long bytes() {
        long bytes = 0;
        for (SliceResult result : chosen) {
            bytes += result == null ? 0 : result.bytes();
        }
        return bytes;
    }
}
