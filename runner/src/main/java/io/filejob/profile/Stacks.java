package io.filejob.profile;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stacks and the number of their samples. Their text is the collapsed format of flame graphs: a line for each stack, with
 * frames separated by semicolons, a space and the count; so the texts of several workers can be concatenated. Not
 * thread-safe.
 */
public final class Stacks {
    /** The frame of stacks that did not fit into a limited text. */
    public static final String OMITTED = "(other stacks)";

    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds the stacks of {@code text}; lines of another format are ignored. */
    public void add(String text) {
        text.lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            String count = line.substring(space + 1);
            if (space > 0 && count.matches("[0-9]{1,12}")) {
                counts.merge(line.substring(0, space), Long.parseLong(count), Long::sum);
            }
        });
    }

    /** Returns the number of samples. */
    public long samples() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Keeps the stacks with the most samples, as {@link #text(int)} does. */
    public void limit(int limit) {
        String kept = text(limit);
        counts.clear();
        add(kept);
    }

    /** Returns the number of different stacks. */
    public int size() {
        return counts.size();
    }

    /** Returns all stacks. */
    public String text() {
        return text(Integer.MAX_VALUE);
    }

    /**
     * Returns the stacks with the most samples, in at most {@code limit} characters, and the sum of all others as {@link
     * #OMITTED}.
     */
    public String text(int limit) {
        StringBuilder text = new StringBuilder();
        int room = limit - OMITTED.length() - 20;
        long omitted = 0;
        for (Map.Entry<String, Long> stack : counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList()) {
            String line = stack.getKey() + " " + stack.getValue() + "\n";
            if (omitted > 0 || text.length() + line.length() > room) {
                omitted += stack.getValue();
            } else {
                text.append(line);
            }
        }
        return omitted == 0 ? text.toString() : text + OMITTED + " " + omitted + "\n";
    }
}
