package io.filejob.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Generates pronounceable names, some of them not ASCII; the same names for the same seed. */
final class RandomNames {
    private static final String[] ONSETS = {
        "b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z", ""
    };
    private static final String[] VOWELS = {"a", "e", "i", "o", "u", "a", "e", "i", "o", "a", "e", "o", "ai", "é", "ö"};
    private static final String[] ENDINGS = {"", "", "n", "r", "s", "l", "m", "nd"};
    private static final String[] FIRST_WORDS = {"Port", "Saint", "New", "Upper", "San", "Bad"};

    private final SplittableRandom random;

    RandomNames(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Returns {@code number} different names of one to three words, of {@code shortest} to {@code longest} bytes each.
     */
    List<String> distinct(int number, int shortest, int longest) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < number) {
            String name = name();
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            if (length >= shortest && length <= longest) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    /** Returns a title of one to {@code mostWords} words. */
    String title(int mostWords) {
        StringBuilder title = new StringBuilder(word());
        for (int more = random.nextInt(mostWords); more > 0; more--) {
            title.append(' ').append(word());
        }
        return title.toString();
    }

    private String name() {
        String first = random.nextInt(10) == 0 ? one(FIRST_WORDS) + " " : "";
        String last = random.nextInt(10) == 0 ? "-" + word() : "";
        return first + word() + last;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int syllables = random.nextInt(1, 4); syllables > 0; syllables--) {
            word.append(one(ONSETS)).append(one(VOWELS)).append(one(ENDINGS));
        }
        int first = word.codePointAt(0);
        return Character.toString(Character.toUpperCase(first)) + word.substring(Character.charCount(first));
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
