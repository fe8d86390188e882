package io.filejob.job;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailedException;
import io.filejob.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The results of all ledgers by slice, except lost ones. */
final class Candidates {
    /**
     * Maximum number of lost results of a slice; after more, the cause of the damage evidently persists, so it is not
     * repeated.
     */
    private static final int MAX_LOSSES = 6;

    private final List<List<Entry>> bySlice;
    private final Set<List<Object>> lost = new HashSet<>();
    private final Map<Integer, String> conflicts = new TreeMap<>();

    private record Entry(Ledger ledger, int index, SliceResult result) {
        String writer() {
            return "worker " + ledger.worker() + ", attempt " + ledger.attempt();
        }
    }

    /**
     * Collects the results of {@code ledgers}; throws {@link JobFailedException} if a result does not fit {@code plan}, or if a
     * slice was lost too often.
     */
    Candidates(Plan plan, Collection<Ledger> ledgers) {
        this.bySlice = new ArrayList<>(Collections.nCopies(plan.slices(), List.<Entry>of()));
        losses(plan, ledgers);
        for (Ledger ledger : ledgers) {
            for (int i = 0; i < ledger.results().size(); i++) {
                SliceResult result = ledger.results().get(i);
                ResultProof.check(plan, result, ledger);
                if (!lost.contains(key(ledger.attempt(), i))) {
                    add(new Entry(ledger, i, result));
                }
            }
        }
    }

    private void losses(Plan plan, Collection<Ledger> ledgers) {
        int[] count = new int[plan.slices()];
        for (Ledger ledger : ledgers) {
            for (Loss loss : ledger.losses()) {
                if (lost.add(key(loss.attempt(), loss.index()))
                        && loss.slice() >= 0
                        && loss.slice() < count.length
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

    private void add(Entry entry) {
        int slice = entry.result().slice();
        List<Entry> all = bySlice.get(slice);
        if (all.isEmpty()) {
            bySlice.set(slice, List.of(entry));
            return;
        }
        List<Entry> more = new ArrayList<>(all);
        more.add(entry);
        bySlice.set(slice, more);
    }

    /** Returns the results of {@code slice} in the order of the ledgers; several of them may agree. */
    List<SliceResult> of(int slice) {
        return bySlice.get(slice).stream().map(Entry::result).toList();
    }

    /**
     * Returns the result of {@code slice} that begins at {@code start}, or null if there is none. Of copies that differ
     * it prefers one without a failure, and among several the one with the smallest digest, so that all readers of the
     * same ledgers choose the same one.
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
        String own =
                switch (partial) {
                    case ReducedPartial reduced -> reduced.basis();
                    case PublishedPartial published -> published.basis();
                    default -> null;
                };
        return own == null || own.equals(basis);
    }

    private @Nullable SliceResult choose(int slice, List<Entry> entries) {
        if (entries.isEmpty()) {
            return null;
        }
        Entry first = entries.getFirst();
        Entry other = entries.stream()
                .filter(entry -> !entry.result().agrees(first.result()))
                .findFirst()
                .orElse(null);
        if (other == null) {
            return first.result();
        }
        Entry chosen = entries.stream()
                .min(Comparator.<Entry, Boolean>comparing(
                                entry -> entry.result().failure() != null)
                        .thenComparing(entry -> digest(entry.result())))
                .orElseThrow();
        conflicts.put(
                slice,
                "slice " + slice + ": the results of " + first.writer() + " and of " + other.writer()
                        + " differ, that of " + chosen.writer() + " is used");
        return chosen.result();
    }

    /**
     * Returns a digest of the content without {@link SliceResult#certain}, since it makes no difference how a worker
     * knew the start.
     */
    private static String digest(SliceResult result) {
        return Json.digest(List.of(
                result.end(),
                result.lines(),
                result.bytes(),
                result.rows(),
                result.samples(),
                String.valueOf(result.rejects()),
                String.valueOf(result.partial())));
    }

    /** Returns a message for each slice with a chosen result that has copies that differ. */
    List<String> conflicts() {
        return List.copyOf(conflicts.values());
    }

    /** Returns the losses of all copies of {@code chosen}, caused by {@code file}. */
    List<Loss> losses(SliceResult chosen, String file) {
        return bySlice.get(chosen.slice()).stream()
                .filter(entry -> entry.result().agrees(chosen))
                .map(entry -> new Loss(chosen.slice(), entry.ledger().attempt(), entry.index(), file))
                .toList();
    }
}
