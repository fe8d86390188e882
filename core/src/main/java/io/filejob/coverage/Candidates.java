package io.filejob.coverage;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.Partial;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of all ledgers by slice. If copies of a result differ, the copy that most attempts agree on is chosen; as
 * long as there is a tie, the slice has no result and is processed again. Lost results are not chosen, but count in such
 * a vote; redriven results do not. Copies that can replace each other ({@link Partial#canReplace}) agree; of these, that
 * of the attempt with the first name is chosen, so that all workers choose the same one.
 */
final class Candidates {
    /**
     * Maximum number of lost results of a slice, of which each worker counts at most {@link Loss#MAX_BY_WORKER}; after
     * more, the cause of the damage evidently persists, and is not the node of one or two workers.
     */
    private static final int MAX_LOSSES = 2 * Loss.MAX_BY_WORKER;

    /** Maximum number of copies of a result without a majority; more would not help, since something alters them all. */
    private static final int MAX_COPIES = 7;

    private static final Comparator<Candidate> FIRST =
            Comparator.comparing((Candidate entry) -> entry.ledger().attempt()).thenComparingInt(Candidate::index);

    private final List<List<Candidate>> bySlice;
    private final Set<List<Object>> lost = new HashSet<>();
    private final Set<List<Object>> redriven = new HashSet<>();
    private final Map<Integer, SliceResult> beforeRedrive = new HashMap<>();
    private final Map<Integer, String> conflicts = new TreeMap<>();

    private record Candidate(Ledger ledger, int index, SliceResult result, boolean isLost) {
        String writer() {
            return "worker " + ledger.worker() + ", attempt " + ledger.attempt();
        }

        List<Object> id() {
            return key(ledger.attempt(), index);
        }
    }

    /** Copies that agree. A ledger that was read twice counts once. */
    private record Group(List<Candidate> entries) {
        long votes() {
            return entries.stream().map(Candidate::id).distinct().count();
        }
    }

    /**
     * Collects the results of {@code ledgers}; throws {@link JobFailedException} if a result does not fit {@code plan}, or if a
     * slice was lost too often.
     */
    Candidates(Plan plan, Collection<Ledger> ledgers) {
        this.bySlice = new ArrayList<>(Collections.nCopies(plan.slices(), List.<Candidate>of()));
        losses(plan, ledgers);
        for (Ledger ledger : ledgers) {
            for (int i = 0; i < ledger.results().size(); i++) {
                SliceResult result = ledger.results().get(i);
                ResultProof.check(plan, result, ledger);
                if (redriven.contains(key(ledger.attempt(), i))) {
                    beforeRedrive.merge(result.slice(), result, Candidates::withFewerFailures);
                    continue;
                }
                add(new Candidate(ledger, i, result, lost.contains(key(ledger.attempt(), i))));
            }
        }
    }

    private void losses(Plan plan, Collection<Ledger> ledgers) {
        int[] count = new int[plan.slices()];
        Map<List<Integer>, Integer> byWorker = new HashMap<>();
        for (Ledger ledger : ledgers) {
            for (Loss loss : ledger.losses()) {
                if (loss.isRedriven()) {
                    redriven.add(key(loss.attempt(), loss.index()));
                } else if (lost.add(key(loss.attempt(), loss.index()))
                        && loss.slice() >= 0
                        && loss.slice() < count.length
                        && byWorker.merge(List.of(loss.slice(), ledger.worker()), 1, Integer::sum) <= Loss.MAX_BY_WORKER
                        && ++count[loss.slice()] > MAX_LOSSES) {
                    throw new JobFailedException(
                            ExitCode.STORE_LOST,
                            "slice " + loss.slice() + ": its partial result " + loss.file()
                                    + " was damaged or missing again and again: check the store's disk, and whether"
                                    + " other programs write there");
                }
            }
        }
    }

    private static List<Object> key(String attempt, int index) {
        return List.of(attempt, index);
    }

    private void add(Candidate entry) {
        int slice = entry.result().slice();
        List<Candidate> all = bySlice.get(slice);
        if (all.isEmpty()) {
            bySlice.set(slice, List.of(entry));
            return;
        }
        List<Candidate> more = new ArrayList<>(all);
        more.add(entry);
        bySlice.set(slice, more);
    }

    /** Returns the results of {@code slice} in the order of the ledgers; several of them may agree. */
    List<SliceResult> of(int slice) {
        return bySlice.get(slice).stream()
                .filter(entry -> !entry.isLost())
                .map(Candidate::result)
                .toList();
    }

    /**
     * Returns the result of {@code slice} that begins at {@code start}, or null if there is none, or if copies differ
     * and none has a majority. Copies without a failure are preferred. Throws {@link JobFailedException} if more copies
     * would not help.
     */
    @Nullable
    SliceResult startingAt(int slice, long start) {
        return choose(
                slice,
                bySlice.get(slice).stream()
                        .filter(entry -> entry.result().start() == start)
                        .toList());
    }

    /**
     * Returns the result of {@code slice} in a later stage that was computed from {@code basis}, or null if there is
     * none.
     */
    @Nullable
    SliceResult madeFrom(int slice, String basis) {
        return choose(
                slice,
                bySlice.get(slice).stream()
                        .filter(entry -> isMadeFrom(entry.result().partial(), basis))
                        .toList());
    }

    /**
     * Returns whether a contribution fits {@code basis}. Rows in a table fit any basis, since they are loaded once;
     * contributions of earlier releases have no basis.
     */
    private static boolean isMadeFrom(Partial partial, String basis) {
        String own = partial.basis();
        return own == null || own.equals(basis);
    }

    private @Nullable SliceResult choose(int slice, List<Candidate> entries) {
        boolean succeeds = entries.stream().anyMatch(entry -> entry.result().failure() == null);
        List<Group> groups = groups(entries.stream()
                .filter(entry -> !succeeds || entry.result().failure() == null)
                .toList());
        if (groups.isEmpty()) {
            return null;
        }
        Group most = groups.getFirst();
        boolean isTied = groups.size() > 1 && groups.get(1).votes() == most.votes();
        report(slice, entries, isTied ? null : most);
        return isTied
                ? null
                : most.entries().stream()
                        .filter(entry -> !entry.isLost())
                        .min(FIRST)
                        .map(Candidate::result)
                        .orElse(null);
    }

    /** Groups copies that agree, beginning with the largest group. */
    private static List<Group> groups(List<Candidate> entries) {
        List<Group> groups = new ArrayList<>();
        for (Candidate entry : entries) {
            groups.stream()
                    .filter(group -> group.entries().getFirst().result().canReplace(entry.result()))
                    .findFirst()
                    .ifPresentOrElse(
                            group -> group.entries().add(entry),
                            () -> groups.add(new Group(new ArrayList<>(List.of(entry)))));
        }
        groups.sort(Comparator.comparingLong(Group::votes).reversed());
        return groups;
    }

    /** Records that copies differ, if they do; {@code chosen} is null in a tie. */
    private void report(int slice, List<Candidate> entries, @Nullable Group chosen) {
        Candidate first = entries.getFirst();
        Candidate other = entries.stream()
                .filter(entry -> !entry.result().canReplace(first.result()))
                .findFirst()
                .orElse(null);
        if (other == null) {
            return;
        }
        String differ =
                "slice " + slice + ": the results of " + first.writer() + " and of " + other.writer() + " differ";
        long copies = entries.stream().map(Candidate::id).distinct().count();
        if (chosen == null && copies >= MAX_COPIES) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    differ + ", and " + copies + " copies give no majority; check the memory and disks of the machines,"
                            + " and start a new job");
        }
        conflicts.put(
                slice,
                differ
                        + (chosen == null
                                ? ", the slice is processed again"
                                : ", that of " + chosen.entries().getFirst().writer() + " is used"));
    }

    /** Returns whether another copy of the slice of {@code chosen} has another content, even if either can be used. */
    boolean hasAlternative(SliceResult chosen) {
        return bySlice.get(chosen.slice()).stream()
                .anyMatch(entry -> !entry.result().agrees(chosen));
    }

    /** Returns a message for each slice with copies that differ. */
    List<String> conflicts() {
        return List.copyOf(conflicts.values());
    }

    private static SliceResult withFewerFailures(SliceResult one, SliceResult other) {
        return other.partial().failures() < one.partial().failures() ? other : one;
    }

    /** Returns the redriven result of {@code slice} with the fewest failures, or null if there is none. */
    @Nullable
    SliceResult beforeRedrive(int slice) {
        return beforeRedrive.get(slice);
    }

    /** Returns the entries by which all copies of the results of {@code slice} are redriven. */
    List<Loss> redriven(int slice) {
        return bySlice.get(slice).stream()
                .map(entry -> Loss.redriven(slice, entry.ledger().attempt(), entry.index()))
                .distinct()
                .toList();
    }

    /** Returns the losses of all copies of {@code chosen}, caused by {@code file}. */
    List<Loss> losses(SliceResult chosen, String file) {
        return bySlice.get(chosen.slice()).stream()
                .filter(entry -> !entry.isLost() && entry.result().agrees(chosen))
                .map(entry -> new Loss(chosen.slice(), entry.ledger().attempt(), entry.index(), file))
                .toList();
    }
}
