package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An amount of a resource, as a Kubernetes quantity ({@code 500m}, {@code 2}, {@code 512Mi}), never negative.
 *
 * @param text as it was written
 */
public record ResourceQuantity(@JsonValue String text) {
    /** What is said of anything else, after it. */
    public static final String WORDS = " is not a quantity: write for example 500m, 2 or 512Mi";

    /** The most characters of such a text. */
    public static final int LONGEST = 30;

    /** What such a text looks like. */
    public static final String PATTERN = "[0-9]{1,18}(\\.[0-9]{1,9})?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ResourceQuantity of(Object textOrNumber) {
        return new ResourceQuantity(textOrNumber.toString());
    }
}
