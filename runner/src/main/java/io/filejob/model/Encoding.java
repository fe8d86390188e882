package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How text is encoded. */
public enum Encoding {
    /** UTF-8, with or without a byte-order mark. */
    @JsonProperty("UTF-8")
    UTF_8
}
