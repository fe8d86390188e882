package io.filejob.model;

/** Builds CEL expressions. */
final class CelText {
    /** The indexes of a list of at most {@link AggregateSpec#MAX_COLUMNS} elements. */
    private static final String INDEXES =
            "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,"
                    + " 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]";

    private CelText() {}

    /**
     * Requires a condition for all elements of an optional list, which names an element by its index {@code i}. The API
     * server knows the maximum length of the texts of such an element, but not of a bound variable, and would then refuse
     * the rule as too expensive.
     */
    static String all(String list, String condition) {
        return "!has(self.%1$s) || %2$s.all(i, i >= self.%1$s.size() || %3$s)".formatted(list, INDEXES, condition);
    }

    /** Returns the first element of a list for which a condition is true, which names an element by its index {@code i}. */
    static String first(String list, String condition) {
        return "self.%1$s[%2$s.filter(i, i < self.%1$s.size() && %3$s)[0]]".formatted(list, INDEXES, condition);
    }

    /** Requires the elements of a list, perhaps an optional one, to differ from each other. */
    static String distinct(String list, boolean isOptional) {
        return (isOptional ? "!has(self.%1$s) || " : "").formatted(list)
                + "self.%1$s.all(k, self.%1$s.exists_one(o, o == k))".formatted(list);
    }

    /** Returns the first element of a list that occurs more than once. */
    static String firstDuplicate(String list) {
        return first(list, "!self.%1$s.exists_one(o, o == self.%1$s[i])".formatted(list));
    }
}
