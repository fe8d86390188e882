package io.filejob.model;

/**
 * What the rules of {@link AggregateSpec} are made of, in CEL, where {@code m} is a measure.
 * {@link AggregateRules} says the same.
 */
final class AggregateCel {
    /** The name of the output's column for {@code m}; as and function are reserved words there. */
    static final String NAME =
            "(has(m.__as__) ? m.__as__" + " : has(m.column) ? m.__function__ + '(' + m.column + ')' : m.__function__)";

    /** Whether the results for {@code m} are decimals. */
    static final String GIVES_DECIMALS = "(m.__function__ in ['sum', 'avg', 'count', 'countDistinct']"
            + " || (m.__function__ in ['min', 'max'] && (!has(m.type) || m.type == 'decimal')))";

    /** Whether the results for {@code m} are dates. */
    static final String GIVES_DATES = "(m.__function__ in ['min', 'max'] && has(m.type) && m.type == 'date')";

    /** The indexes of a list of at most {@link AggregateSpec#MOST_COLUMNS}. */
    static final String INDEXES = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,"
            + " 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]";

    /** A list of one: the names of the measures. */
    static final String NAMES = "[self.measures.map(m, " + NAME + ")]";

    /** Whether {@code n}, one of {@code names}, is there once in the output. */
    static final String UNIQUE = "names.exists_one(o, o == n) && !(has(self.groupBy) && n in self.groupBy)";

    /**
     * One of {@code having}, by its index, since the API server knows of an element of the spec how long its texts can
     * be,
     * and of others it does not, and then refuses the rule as too expensive.
     */
    private static final String H = "self.having[i]";

    /** Before a condition and a bracket: it holds for all of {@code having}. */
    static final String EACH_GROUP_FILTER = "!has(self.having) || " + INDEXES + ".all(i, i >= self.having.size() || ";

    /** Before a condition and one of the ends: the first of {@code having} for which it does not hold. */
    static final String FIRST_NOT = "'\"' + self.having[" + INDEXES + ".filter(i, i < self.having.size() && !(";

    static final String END_COLUMN = "))[0]].column + '\"'";
    static final String END_VALUE = "))[0]].value + '\"'";

    /** A key that is there twice. */
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
