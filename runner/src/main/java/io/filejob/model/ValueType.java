package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** As what a field is read and compared. */
public enum ValueType {
    /** An exact decimal. */
    @JsonProperty("decimal")
    DECIMAL,
    /** Text, in the order of its UTF-8 bytes. */
    @JsonProperty("string")
    STRING,
    /** A calendar date, {@code YYYY-MM-DD}. */
    @JsonProperty("date")
    DATE
}
