package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where all bad records go, as a CSV file of source, line, column, reason and record that appears whole or not at all. */
public record RejectsSpec(
        @JsonPropertyDescription("A path, file: or s3: URI; its folder must be there.")
        @Required
        @Place
        @Size(max = Place.LONGEST)
        String uri) {}
