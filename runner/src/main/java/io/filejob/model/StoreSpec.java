package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where the ledgers of a local run are kept, so that it can go on where it was. */
public record StoreSpec(
        @JsonPropertyDescription("A folder, as a path or file: URI; made if it is not there.")
        @Required
        @Place
        @Size(max = Place.LONGEST)
        String uri) {}
