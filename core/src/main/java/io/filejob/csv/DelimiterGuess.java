package io.filejob.csv;

import java.util.List;
import java.util.Optional;

/** Finds the delimiter of a file by its first records: a suggestion, which is never used for reading unless it is shown. */
public final class DelimiterGuess {
    private static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');
    private static final String ANNOUNCEMENT = "sep=";
    private static final int MAX_RECORDS = 50;

    private DelimiterGuess() {}

    /**
     * Returns the delimiter that the first line announces ({@code sep=;}), or the one that divides all records into the
     * same number of fields, at least two; of several, the one with the most fields.
     *
     * @param text the beginning of a file
     * @param isWhole whether it is the whole file; otherwise its last record is not looked at
     */
    public static Optional<Character> of(String text, boolean isWhole) {
        if (text.startsWith(ANNOUNCEMENT) && text.length() > ANNOUNCEMENT.length()) {
            return Optional.of(text.charAt(ANNOUNCEMENT.length()));
        }
        Optional<Character> best = Optional.empty();
        int most = 0;
        for (char candidate : CANDIDATES) {
            int found = delimiters(text, isWhole, candidate);
            if (found > most) {
                most = found;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /** Returns how often {@code delimiter} occurs outside quotes in each record; 0 if records differ. */
    private static int delimiters(String text, boolean isWhole, char delimiter) {
        int all = -1;
        int count = 0;
        int records = 0;
        boolean isQuoted = false;
        boolean isBlank = true;
        for (int i = 0; i <= text.length() && records < MAX_RECORDS; i++) {
            boolean isEnd = i == text.length();
            if (isEnd && !isWhole) {
                break;
            }
            char c = isEnd ? '\n' : text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
                isBlank = false;
            } else if ((c == '\n' || c == '\r') && (!isQuoted || isEnd)) {
                if (!isBlank) {
                    if (all >= 0 && count != all) {
                        return 0;
                    }
                    all = count;
                    records++;
                }
                count = 0;
                isBlank = true;
            } else if (!isQuoted) {
                isBlank = false;
                count += c == delimiter ? 1 : 0;
            }
        }
        return Math.max(0, all);
    }
}
