package io.filejob.model;

/**
 * The building blocks of the rules of {@link AggregateSpec} in CEL, where {@code m} is a measure. {@link
 * AggregateRules}
 * has the same rules in Java.
 */
final class AggregateCel {
    /** The name of the output column for {@code m}; as and function are reserved words in CEL and must be escaped. */
    static final String NAME =
            "(has(m.__as__) ? m.__as__" + " : has(m.column) ? m.__function__ + '(' + m.column + ')' : m.__function__)";

    /** Whether the results for {@code m} are decimals. */
    static final String GIVES_DECIMALS = "(m.__function__ in ['sum', 'avg', 'count', 'countDistinct']"
            + " || (m.__function__ in ['min', 'max'] && (!has(m.type) || m.type == 'decimal')))";

    /** Whether the results for {@code m} are dates. */
    static final String GIVES_DATES = "(m.__function__ in ['min', 'max'] && has(m.type) && m.type == 'date')";

    /** The indexes of a list of at most {@link AggregateSpec#MAX_COLUMNS}. */
    static final String INDEXES = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,"
            + " 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]";

    /** A list with one element: the names of the measures. */
    static final String NAMES = "[self.measures.map(m, " + NAME + ")]";

    /** Whether {@code n}, one of {@code names}, occurs once in the output. */
    static final String UNIQUE = "names.exists_one(o, o == n) && !(has(self.groupBy) && n in self.groupBy)";

    /**
     * An element of {@code having}, by its index. The API server knows the maximum length of the texts of such an
     * element, but
     * not of a bound variable, and would then refuse the rule as too expensive.
     */
    private static final String H = "self.having[i]";

    /** Requires a condition for all of {@code having}; followed by the condition and a bracket. */
    static final String EACH_GROUP_FILTER = "!has(self.having) || " + INDEXES + ".all(i, i >= self.having.size() || ";

    /** The first of {@code having} that violates a condition; followed by the condition and one of the ends. */
    static final String FIRST_NOT = "'\"' + self.having[" + INDEXES + ".filter(i, i < self.having.size() && !(";

    static final String END_COLUMN = "))[0]].column + '\"'";
    static final String END_VALUE = "))[0]].value + '\"'";

    /** A duplicate key. */
    static final String KEY_TWICE = "'\"' + self.groupBy[" + INDEXES
            + ".filter(i, i < self.groupBy.size() && !self.groupBy.exists_one(o, o == self.groupBy[i]))[0]] + '\"'";

    static final String IS_KEY = "(has(self.groupBy) && " + H + ".column in self.groupBy)";
    static final String OF_MEASURE = "self.measures.exists(m, " + NAME + " == " + H + ".column";
    static final String IN_OUTPUT = IS_KEY + " || " + OF_MEASURE + ")";
    static final String TYPED_KEY = "has(" + H + ".type) || " + H + ".operator in ['=', '!='] || !" + IS_KEY;
    static final String UNTYPED_MEASURE = "!has(" + H + ".type) || !" + OF_MEASURE + ")";
    static final String DECIMAL_IF_NEED_BE = "has(" + H + ".type) || " + H + ".value.matches('^(" + ValueType.A_DECIMAL
            + ")$') || !" + OF_MEASURE + " && " + GIVES_DECIMALS + ")";
    static final String DATE_IF_NEED_BE = "has(" + H + ".type) || " + H + ".value.matches('^(" + ValueType.A_DATE
            + ")$') || !" + OF_MEASURE + " && " + GIVES_DATES + ")";

    private AggregateCel() {}
}
