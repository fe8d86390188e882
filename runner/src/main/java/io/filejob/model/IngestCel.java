package io.filejob.model;

/**
 * The building blocks of the rules of {@link IngestSpec}, {@link ColumnSpec} and {@link AggregateTableSpec} in CEL.
 * {@link IngestRules} and {@link AggregateTableRules} have the same rules in Java.
 */
final class IngestCel {
    /** A column's source as messages show it. */
    static final String FROM = "'\"' + self.from + '\"'";

    /** Whether the source can name a column of the table. */
    static final String FROM_IS_A_NAME = "(self.from.matches(r'^" + Identifier.ONE
            + "$') && bytes(self.from).size() <= " + Identifier.MAX_LENGTH + ")";

    /** The name of the measure {@code self}. */
    static final String MEASURE = "(has(self.__as__) ? self.__as__"
            + " : has(self.column) ? self.__function__ + '(' + self.column + ')' : self.__function__)";

    /** Whether the name of the measure can name a column of a table. */
    static final String MEASURE_IS_A_NAME = MEASURE + ".matches(r'^" + Identifier.ONE + "$') && bytes(" + MEASURE
            + ").size() <= " + Identifier.MAX_LENGTH;

    /** Whether there are keys. */
    static final String KEYED = "(has(self.keys) && self.keys.size() > 0)";

    /** A list with one element: the table columns named in {@code self.columns}. */
    static final String TARGETS = "[self.columns.map(c, has(c.to) ? c.to : c.from)]";

    /** Whether {@code k} is one of {@code self.columns}. */
    static final String LOADED = "self.columns.exists(c, (has(c.to) ? c.to : c.from) == ";

    /** The first duplicate key. */
    static final String KEY_TWICE = "'\"' + self.keys[" + AggregateCel.INDEXES
            + ".filter(i, i < self.keys.size() && !self.keys.exists_one(o, o == self.keys[i]))[0]] + '\"'";

    /** The first key that is not in {@code self.columns}. */
    static final String KEY_NOT_LOADED = "'\"' + self.keys[" + AggregateCel.INDEXES
            + ".filter(i, i < self.keys.size() && !" + LOADED + "self.keys[i]))[0]] + '\"'";

    private IngestCel() {}
}
