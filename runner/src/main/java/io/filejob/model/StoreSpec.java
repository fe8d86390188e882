package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where is kept what workers have done: of a local run all, so that it can go on where it was. */
public record StoreSpec(
        @JsonPropertyDescription(
                "A folder, as a path or file: URI, or an s3: URI, which begins the keys; made if it is not there.")
        @Required
        @Place(Place.Reach.STORAGE)
        @Size(max = Place.LONGEST)
        String uri) {}
