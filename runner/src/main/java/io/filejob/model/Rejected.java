package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What bad records look like.
 *
 * @param samples the first of the input, at most {@value #MAX_SAMPLES}, in file order
 */
@JsonPropertyOrder({"samples"})
public record Rejected(List<RejectedRecord> samples) {
    /** How many are shown. */
    public static final int MAX_SAMPLES = 10;
}
