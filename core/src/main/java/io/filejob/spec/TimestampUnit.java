package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A unit to which timestamps are truncated. */
public enum TimestampUnit {
    /** The hour. */
    @JsonProperty("hour")
    HOUR,
    /** The day. */
    @JsonProperty("day")
    DAY,
    /** The week, which begins on Monday. */
    @JsonProperty("week")
    WEEK,
    /** The month. */
    @JsonProperty("month")
    MONTH,
    /** The year. */
    @JsonProperty("year")
    YEAR
}
