package io.filejob.value;

import io.filejob.spec.CsvFormat;

/** Messages about texts that must be one character. */
public final class OneCharacter {
    private static final String WORDS =
            " is not a single ASCII character other than digits and control characters: write for example \";\"";
    private static final String TAB = ", or \"\\t\" in double quotes for a tab";

    private OneCharacter() {}

    /** Returns the reason why a text does not match {@code pattern}. */
    public static String problem(String pattern) {
        return switch (pattern) {
            case CsvFormat.ONE_CHARACTER -> WORDS + TAB;
            case CsvFormat.ONE_CHARACTER_OR_NONE -> WORDS + TAB + ", or \"\" for none";
            default -> " does not match " + pattern;
        };
    }
}
