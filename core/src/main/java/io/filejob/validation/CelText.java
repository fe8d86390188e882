package io.filejob.validation;

import io.filejob.spec.aggregate.AggregateSpec;

/** Builds CEL expressions. */
public final class CelText {
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
    public static String all(String list, String condition) {
        return "!has(self." + list + ") || " + INDEXES + ".all(i, i >= self." + list + ".size() || " + condition + ")";
    }

    /** Returns the first element of a list for which a condition is true, which names an element by its index {@code i}. */
    public static String first(String list, String condition) {
        return "self." + list + "[" + INDEXES + ".filter(i, i < self." + list + ".size() && " + condition + ")[0]]";
    }

    /** Requires the elements of a list, perhaps an optional one, to differ from each other. */
    public static String distinct(String list, boolean isOptional) {
        String field = "self." + list;
        return (isOptional ? "!has(" + field + ") || " : "") + field + ".all(k, " + field + ".exists_one(o, o == k))";
    }

    /** Returns the first element of a list that occurs more than once. */
    public static String firstDuplicate(String list) {
        return first(list, "!self." + list + ".exists_one(o, o == self." + list + "[i])");
    }
}
