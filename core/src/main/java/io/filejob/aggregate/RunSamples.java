package io.filejob.aggregate;

import io.filejob.ledger.SpillFile;
import java.util.ArrayList;
import java.util.List;

/** Limits the samples of keys of a slice's runs: every worker holds those of all slices. */
final class RunSamples {
    /** Minimum space for a sample in characters, for 24 bytes of a key. */
    private static final int MIN_LENGTH = 32;
    /** Base64 encodes three bytes as this many characters. */
    private static final int QUANTUM = 4;

    private RunSamples() {}

    /**
     * Returns {@code runs} with samples of at most {@code limit} characters in total or, if there are very many runs, of
     * a few short ones each: fewer samples, evenly spread, and beginnings of keys.
     */
    static List<SpillFile> fit(List<SpillFile> runs, int limit) {
        long total = runs.stream()
                .flatMap(run -> run.samples().stream())
                .mapToLong(String::length)
                .sum();
        return total <= limit
                ? List.copyOf(runs)
                : runs.stream().map(run -> fit(run, limit / runs.size())).toList();
    }

    private static SpillFile fit(SpillFile run, int limit) {
        List<String> all = run.samples();
        List<String> kept = new ArrayList<>();
        if (run.sorted()) {
            // The first and the last key bound the run's keys, for which a prefix suffices.
            kept.add(cut(all.getFirst(), MIN_LENGTH));
            kept.addAll(spread(all.subList(1, all.size() - 1), limit - 2 * MIN_LENGTH));
            kept.add(cut(all.getLast(), MIN_LENGTH));
        } else {
            kept.addAll(spread(all, limit));
        }
        return new SpillFile(
                run.name(),
                run.sorted(),
                run.start(),
                run.records(),
                run.bytes(),
                run.indexBytes(),
                run.checksum(),
                kept);
    }

    private static List<String> spread(List<String> all, int limit) {
        if (all.isEmpty()) {
            return all;
        }
        int longest = all.stream().mapToInt(String::length).max().orElseThrow();
        int count = Math.clamp(limit / Math.max(1, longest), 1, all.size());
        List<String> spread = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spread.add(cut(all.get((2 * i + 1) * all.size() / (2 * count)), limit / count));
        }
        return spread;
    }

    private static String cut(String sample, int limit) {
        int length = Math.max(MIN_LENGTH, limit / QUANTUM * QUANTUM);
        return sample.length() <= length ? sample : sample.substring(0, length);
    }
}
