package io.filejob.job;

import io.filejob.model.JobFailure;
import io.filejob.model.RowCounts;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The union of ledgers against a plan: one result a slice, chosen so that each begins where the one before it ended,
 * and what is missing for that. When {@link #isComplete()}, the chosen results are all of the job, each byte once.
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
     * The union of {@code ledgers}, whatever their order. {@link JobFailure} if one of them was not written for this
     * plan, or if results of a slice were lost too often.
     */
    public static Coverage of(Plan plan, Collection<Ledger> ledgers) {
        Coverage coverage = new Coverage(plan, new Candidates(plan, ledgers));
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
                Stage stage =
                        slice < published ? plan.stages().get(1) : plan.stages().getLast();
                choose(slice, candidates.of(slice).isEmpty() ? null : candidates.madeFrom(slice, basis(stage)));
            }
        }
    }

    /** Identifies the results of the stages before {@code stage}: what was made from others does not fit them. */
    public String basis(Stage stage) {
        return bases.computeIfAbsent(
                stage.kind(),
                _ -> Basis.of(results().stream()
                        .filter(result -> result.slice() < stage.first())
                        .toList()));
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

    /** Where nothing is known about the start; the last one added was found out to be nearer the truth. */
    private @Nullable SliceResult likeliest(int slice) {
        List<SliceResult> all = candidates.of(slice);
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

    /** The slices that had copies that differ, with what is to be said of each; one of them was chosen. */
    public List<String> conflicts() {
        return candidates.conflicts();
    }

    /** The results that refer to a file that is {@code lost}, missing or damaged: they are to be done again. */
    public List<Loss> losses(Predicate<String> lost) {
        List<Loss> losses = new ArrayList<>();
        for (SliceResult result : results()) {
            files(result).filter(lost).findFirst().ifPresent(file -> losses.addAll(candidates.losses(result, file)));
        }
        return losses;
    }

    /** The names of its files among the partial results. */
    private static Stream<String> files(SliceResult result) {
        Stream<String> partial =
                switch (result.partial()) {
                    case GroupsPartial groups -> groups.runs().stream().map(Run::name);
                    case ReducedPartial reduced -> Stream.ofNullable(reduced.part());
                    default -> Stream.empty();
                };
        return Stream.concat(Stream.ofNullable(result.rejects()).map(RejectsFile::name), partial);
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
