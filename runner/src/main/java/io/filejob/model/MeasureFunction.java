package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What can be computed of a group. Nulls are ignored by all of them. */
public enum MeasureFunction {
    /** The exact sum of decimals. */
    @JsonProperty("sum")
    SUM("sum"),
    /** How many values or, without a column, rows. */
    @JsonProperty("count")
    COUNT("count"),
    /** The smallest value. */
    @JsonProperty("min")
    MIN("min"),
    /** The largest value. */
    @JsonProperty("max")
    MAX("max"),
    /** The exact mean of decimals, rounded once to 34 significant digits. */
    @JsonProperty("avg")
    AVG("avg"),
    /** The text of the first value in input order. */
    @JsonProperty("first")
    FIRST("first"),
    /** The text of the last value in input order. */
    @JsonProperty("last")
    LAST("last"),
    /** How many different values, exactly. */
    @JsonProperty("countDistinct")
    COUNT_DISTINCT("countDistinct");

    private final String text;

    MeasureFunction(String text) {
        this.text = text;
    }

    /** Whether it compares, and can be told as what. */
    public boolean hasType() {
        return this == MIN || this == MAX || this == COUNT_DISTINCT;
    }

    /** As it is written. */
    public String text() {
        return text;
    }
}
