package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The type as which a field is read and compared. */
public enum ValueType {
    /** An exact decimal. */
    @JsonProperty("decimal")
    DECIMAL(ValueType.A_DECIMAL),
    /** Text, in the order of its UTF-8 bytes. */
    @JsonProperty("string")
    STRING("(?s).*"),
    /** A calendar date, {@code YYYY-MM-DD}. */
    @JsonProperty("date")
    DATE(ValueType.A_DATE);

    /** The syntax of numbers in files, but without blanks around them. */
    static final String A_DECIMAL = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?0*([0-9]{1,3}|1000))?";

    /** An existing day in the proleptic Gregorian calendar. */
    static final String A_DATE = "[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
            + "|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])"
            + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29";

    private final String pattern;

    ValueType(String pattern) {
        this.pattern = pattern;
    }

    /** Returns the syntax of a value of this type in a spec. */
    public String pattern() {
        return pattern;
    }
}
