package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where the result goes as a CSV file, which appears whole or not at all and replaces one of that name. */
public record OutputSpec(
        @JsonPropertyDescription("A path or file: URI; its folder must be there.")
        @Required
        @Place
        @Size(max = Place.LONGEST)
        String uri) {}
