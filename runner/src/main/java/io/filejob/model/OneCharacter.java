package io.filejob.model;

/** What is said of a text that has to be one character and is not. */
final class OneCharacter {
    private static final String WORDS =
            " is not a single ASCII character other than digits and control characters: write for example \";\"";
    private static final String TAB = ", or \"\\t\" in double quotes for a tab";

    private OneCharacter() {}

    /** Why a text does not match {@code pattern}. */
    static String problem(String pattern) {
        return switch (pattern) {
            case CsvFormat.ONE_CHARACTER -> WORDS + TAB;
            case CsvFormat.ONE_CHARACTER_OR_NONE -> WORDS + TAB + ", or \"\" for none";
            default -> " does not match " + pattern;
        };
    }
}
