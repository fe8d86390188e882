package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The functions that measures compute; all of them ignore nulls. */
public enum MeasureFunction {
    /** The exact sum of decimals. */
    @JsonProperty("sum")
    SUM("sum"),
    /** The number of values or, without a column, of rows. */
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
    /** The exact number of distinct values. */
    @JsonProperty("countDistinct")
    COUNT_DISTINCT("countDistinct");

    private final String text;

    MeasureFunction(String text) {
        this.text = text;
    }

    /** Returns whether the function compares values, so that a type may be given. */
    public boolean hasType() {
        return this == MIN || this == MAX || this == COUNT_DISTINCT;
    }

    /** Returns the function as it is written in a manifest. */
    public String text() {
        return text;
    }
}
