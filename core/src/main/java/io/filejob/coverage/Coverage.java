package io.filejob.coverage;

import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.Partial;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Plan;
import io.filejob.plan.Slicing;
import io.filejob.plan.Stage;
import io.filejob.status.RowCounts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The union of ledgers compared with a plan: one result for each slice, chosen so that each begins where the one before
 * it ended, and the slices that are missing. When {@link #isComplete()}, the chosen results cover the whole job, each
 * byte once.
 */
public final class Coverage {
    private static final long UNKNOWN = -1;

    private final Plan plan;
    private final Candidates candidates;
    private final @Nullable SliceResult[] chosen;
    private final BitSet missing = new BitSet();
    private final SortedMap<Integer, Long> wrongStarts = new TreeMap<>();
    private final Map<Stage.Kind, String> bases = new EnumMap<>(Stage.Kind.class);
    private @Nullable SliceResult failed;

    private Coverage(Plan plan, Candidates candidates) {
        this.plan = plan;
        this.candidates = candidates;
        this.chosen = new @Nullable SliceResult[plan.slices()];
    }

    /**
     * Returns the union of {@code ledgers}; their order does not matter. Throws {@link JobFailedException} if one of them was
     * not written for this plan, or if results of a slice were lost too often.
     */
    public static Coverage of(Plan plan, Collection<Ledger> ledgers) {
        Coverage coverage = new Coverage(plan, new Candidates(plan, ledgers));
        coverage.chain();
        coverage.chooseRest();
        return coverage;
    }

    /** Chooses the results of the later stages. Nothing needs to be reduced if all groups are in the ledgers. */
    private void chooseRest() {
        boolean reduced = plan.reduceSlices() > 0
                && !plan.reducesAlways()
                && isComplete(plan.stages().getFirst())
                && !hasRuns();
        int published = plan.slicing().slices() + plan.reduceSlices();
        for (int slice = plan.slicing().slices(); slice < plan.slices(); slice++) {
            if (!reduced || slice >= published) {
                Stage stage =
                        slice < published ? plan.stages().get(1) : plan.stages().getLast();
                choose(slice, candidates.of(slice).isEmpty() ? null : candidates.madeFrom(slice, basis(stage)));
            }
        }
    }

    /**
     * Returns an identifier for the results of the stages before {@code stage}; data computed from other results does
     * not fit them.
     */
    public String basis(Stage stage) {
        return bases.computeIfAbsent(
                stage.kind(),
                _ -> Basis.of(results().stream()
                        .filter(result -> result.slice() < stage.first())
                        .toList()));
    }

    /** Returns whether the stages before {@code stage} are complete here with the same results as in {@code earlier}. */
    public boolean confirms(Coverage earlier, Stage stage) {
        int next = missing.nextSetBit(0);
        return (next < 0 || next >= stage.first())
                && wrongStarts.headMap(stage.first()).isEmpty()
                && basis(stage).equals(earlier.basis(stage));
    }

    /** Returns whether some of the chosen results are in separate files. */
    public boolean hasRuns() {
        return results().stream().anyMatch(result -> result.partial().needsReduce());
    }

    /** Chooses the results of the input slices by following their starts and ends. */
    private void chain() {
        Slicing slicing = plan.slicing();
        long position = 0;
        boolean verified = true;
        for (int slice = 0; slice < slicing.slices(); slice++) {
            if (position >= slicing.end(slice)) {
                // A record of an earlier slice reaches beyond this one, which thus has no record of its own.
                continue;
            }
            SliceResult result = candidates.startingAt(slice, position);
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
                // A certain failure knows its line; the line of any other one follows from all slices before it.
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

    /**
     * Returns the most plausible result of a slice with an unknown start: a certain one, otherwise the last one, since
     * a slice is repeated only with a better start.
     */
    private @Nullable SliceResult likeliest(int slice) {
        List<SliceResult> all = candidates.of(slice);
        return all.stream().filter(SliceResult::certain).findFirst().orElse(all.isEmpty() ? null : all.getLast());
    }

    private void choose(int slice, @Nullable SliceResult result) {
        chosen[slice] = result;
        missing.set(slice, result == null);
    }

    /** Returns the plan. */
    public Plan plan() {
        return plan;
    }

    /** Returns whether all slices of all stages have results that fit together. */
    public boolean isComplete() {
        return failed == null && missing.isEmpty() && wrongStarts.isEmpty();
    }

    /** Returns whether all slices of {@code stage} have results that fit together. */
    public boolean isComplete(Stage stage) {
        int end = stage.first() + stage.slices();
        int next = missing.nextSetBit(stage.first());
        return failed == null
                && (next < 0 || next >= end)
                && wrongStarts.subMap(stage.first(), end).isEmpty();
    }

    /** Returns whether this slice needs a result and has none. */
    public boolean isMissing(int slice) {
        return missing.get(slice);
    }

    /** Returns the slices that need a result and have none. */
    public BitSet missing() {
        return (BitSet) missing.clone();
    }

    /**
     * Returns the slices with a wrong guess of their start, which must be repeated, with the correct start as far as it
     * is known.
     */
    public SortedMap<Integer, Long> wrongStarts() {
        return wrongStarts;
    }

    /**
     * Returns the earliest slice with a certain failure at a bad record, which fails the job; null if there is none.
     */
    public @Nullable SliceResult failed() {
        return failed;
    }

    /** Returns the chosen results, at most one for each slice, in the order of the slices. */
    public List<SliceResult> results() {
        List<SliceResult> results = new ArrayList<>();
        for (SliceResult result : chosen) {
            if (result != null) {
                results.add(result);
            }
        }
        return results;
    }

    /**
     * Returns the contributions of the slices of {@code stage}, in order; throws {@link JobFailedException} if one is not
     * of {@code type}, since another operation has another.
     */
    public <P extends Partial> List<P> partials(Stage stage, Class<P> type) {
        return results().stream()
                .filter(result -> result.slice() >= stage.first() && result.slice() < stage.first() + stage.slices())
                .map(result -> ResultProof.partial(result, type))
                .toList();
    }

    /** Returns a message for each slice with copies that differ; it names the chosen copy. */
    public List<String> conflicts() {
        return candidates.conflicts();
    }

    /**
     * Returns the results that refer to a {@code lost} file, which is missing or damaged; their slices must be
     * repeated.
     */
    public List<Loss> losses(Predicate<String> lost) {
        List<Loss> losses = new ArrayList<>();
        for (SliceResult result : results()) {
            result.files().filter(lost).findFirst().ifPresent(file -> losses.addAll(candidates.losses(result, file)));
        }
        return losses;
    }

    /** Returns the results of {@code slice} that agree with the chosen one, because of a {@code lost} object. */
    public List<Loss> losses(int slice, String lost) {
        SliceResult result = chosen[slice];
        return result == null ? List.of() : candidates.losses(result, lost);
    }

    /** Returns whether the slice has several copies with different contents, of which one is chosen. */
    public boolean hasAlternative(int slice) {
        SliceResult result = chosen[slice];
        return result != null && candidates.hasAlternative(result);
    }

    /**
     * Returns the entries for a ledger that make all slices with failures be done again; an empty list if there are
     * none.
     */
    public List<Loss> redriven() {
        return results().stream()
                .filter(result -> result.partial().failures() > 0)
                .flatMap(result -> candidates.redriven(result.slice()).stream())
                .toList();
    }

    /**
     * Returns the result of {@code slice} before a redrive, whose parts without a failure stay valid; of several redrives,
     * the result with the fewest failures. Null if the slice is not redriven.
     */
    public @Nullable SliceResult beforeRedrive(int slice) {
        return candidates.beforeRedrive(slice);
    }

    /** Returns the number of slices that need no more work. */
    public int done() {
        return plan.slices() - missing.cardinality() - wrongStarts.size();
    }

    /** Returns the sum of the row counts of all results. */
    public RowCounts rows() {
        RowCounts rows = RowCounts.NONE;
        for (SliceResult result : chosen) {
            if (result != null) {
                rows = rows.plus(result.rows());
            }
        }
        return Objects.requireNonNull(rows);
    }

    /** Returns the sum of the counts of rows and of other records, such as images. */
    public RowCounts records() {
        RowCounts records = rows();
        for (SliceResult result : chosen) {
            if (result != null) {
                records = records.plus(result.partial().records());
            }
        }
        return records;
    }

    /** Returns the number of input bytes of all results. */
    public long bytes() {
        long bytes = 0;
        for (SliceResult result : chosen) {
            bytes += result == null ? 0 : result.bytes();
        }
        return bytes;
    }
}
