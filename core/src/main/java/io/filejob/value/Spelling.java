package io.filejob.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
public final class Spelling {
    /** The minimum length of a beginning that stands for the whole name. */
    private static final int MIN_BEGINNING = 3;

    private Spelling() {}

    /**
     * Returns the element of {@code known} that is most similar to {@code word}: equal but for case, blanks, {@code -},
     * {@code _} and {@code .}; or different in at most a third of its letters, where an exchange of neighbours is one
     * difference; or the only one that begins with it. Empty if no element is that similar.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String wanted = plain(word);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> similar = known.stream()
                .filter(name -> isSimilar(wanted, plain(name)))
                .min(Comparator.comparingInt(name -> distance(wanted, plain(name))));
        if (similar.isPresent() || wanted.length() < MIN_BEGINNING) {
            return similar;
        }
        return known.stream()
                .filter(name -> plain(name).startsWith(wanted))
                .reduce((_, _) -> "")
                .filter(name -> !name.isEmpty());
    }

    /** Returns {@code ; did you mean "name"?}, or an empty text if no element of {@code known} is similar. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("");
    }

    private static boolean isSimilar(String wanted, String name) {
        if (wanted.equals(name)) {
            return true;
        }
        int shorter = Math.min(wanted.length(), name.length());
        int limit = Math.max(1, shorter / 3);
        return shorter > 1
                && Character.isLetter(name.charAt(0))
                && Math.abs(wanted.length() - name.length()) <= limit
                && distance(wanted, name) <= limit;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
    }

    /** Returns the distance of optimal string alignment: insertions, deletions, replacements, exchanges of neighbours. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
