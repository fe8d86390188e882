package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How two values are compared. */
public enum ComparisonOperator {
    /** They are equal. */
    @JsonProperty("=")
    EQUAL("="),
    /** They are not. */
    @JsonProperty("!=")
    NOT_EQUAL("!="),
    /** The column's is less. */
    @JsonProperty("<")
    LESS("<"),
    /** The column's is less, or they are equal. */
    @JsonProperty("<=")
    AT_MOST("<="),
    /** The column's is more. */
    @JsonProperty(">")
    MORE(">"),
    /** The column's is more, or they are equal. */
    @JsonProperty(">=")
    AT_LEAST(">=");

    private final String text;

    ComparisonOperator(String text) {
        this.text = text;
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    /** Whether it holds where comparing the column's value with the other gave {@code comparison}. */
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

    /** Whether it asks for an order. */
    public boolean isOrdering() {
        return this != EQUAL && this != NOT_EQUAL;
    }
}
