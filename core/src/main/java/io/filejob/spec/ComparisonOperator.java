package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How two values are compared. */
public enum ComparisonOperator {
    /** The values are equal. */
    @JsonProperty("=")
    EQUAL("="),
    /** The values are not equal. */
    @JsonProperty("!=")
    NOT_EQUAL("!="),
    /** The column's value is less. */
    @JsonProperty("<")
    LESS("<"),
    /** The column's value is less or equal. */
    @JsonProperty("<=")
    AT_MOST("<="),
    /** The column's value is greater. */
    @JsonProperty(">")
    MORE(">"),
    /** The column's value is greater or equal. */
    @JsonProperty(">=")
    AT_LEAST(">=");

    private final String text;

    ComparisonOperator(String text) {
        this.text = text;
    }

    /** Returns the operator as it is written in a manifest. */
    public String text() {
        return text;
    }

    /**
     * Returns whether the operator holds for the result {@code comparison} of comparing the column's value with the
     * other.
     */
    public boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
            case MORE -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
        };
    }

    /** Returns whether the operator needs an order of the values. */
    public boolean isOrdering() {
        return this != EQUAL && this != NOT_EQUAL;
    }
}
