package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where all bad records go, as a CSV file of source, line, column, reason and record that appears whole or not at all. */
@Rule(field = "uri", holds = "!self.uri.endsWith('/')", message = Words.FOLDER, values = "'\"' + self.uri + '\"'")
public record RejectsSpec(
        @JsonPropertyDescription("A path, a file: or an s3: URI; its folder or bucket must be there.")
        @Required
        @Place(Place.Reach.STORAGE)
        @Size(max = Place.LONGEST)
        String uri) {}
