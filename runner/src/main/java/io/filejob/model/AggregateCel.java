package io.filejob.model;

/**
 * What the rules of {@link AggregateSpec} are made of, in CEL: {@code m} is a measure and {@code h} one of {@code having}.
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

    /** A list of one: the names of the measures. */
    static final String NAMES = "[self.measures.map(m, " + NAME + ")]";

    /** Whether {@code n}, one of {@code names}, is there once in the output. */
    static final String UNIQUE = "names.exists_one(o, o == n) && !(has(self.groupBy) && n in self.groupBy)";

    /** Before a condition on {@code h} and a bracket. */
    static final String EACH_GROUP_FILTER = "!has(self.having) || self.having.all(h, ";

    /** Before a condition on {@code h} and one of the ends: the first for which it does not hold. */
    static final String FIRST_NOT = "'\"' + self.having.filter(h, !(";

    static final String END_COLUMN = "))[0].column + '\"'";
    static final String END_VALUE = "))[0].value + '\"'";

    static final String IS_KEY = "(has(self.groupBy) && h.column in self.groupBy)";
    static final String OF_MEASURE = "self.measures.exists(m, " + NAME + " == h.column";
    static final String IN_OUTPUT = IS_KEY + " || " + OF_MEASURE + ")";
    static final String TYPED_KEY = "has(h.type) || h.operator in ['=', '!='] || !" + IS_KEY;
    static final String UNTYPED_MEASURE = "!has(h.type) || !" + OF_MEASURE + ")";
    static final String DECIMAL_IF_NEED_BE = "has(h.type) || h.value.matches('^(" + ValueType.A_DECIMAL + ")$') || !"
            + OF_MEASURE + " && " + GIVES_DECIMALS + ")";
    static final String DATE_IF_NEED_BE = "has(h.type) || h.value.matches('^(" + ValueType.A_DATE + ")$') || !"
            + OF_MEASURE + " && " + GIVES_DATES + ")";

    private AggregateCel() {}
}
