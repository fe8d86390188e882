package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The folder in which generated files are kept. */
public record KeepSpec(
        @JsonPropertyDescription("The folder, as a path or file: URI. It is created if it does not exist.")
        @Required
        @Location
        @Size(max = Location.MAX_LENGTH)
        String uri) {}
