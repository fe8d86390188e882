package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.ShortForm;
import io.filejob.value.Location;

/**
 * The CSV file that all bad records are written to, with source, line, column, reason and record. It is written
 * atomically.
 */
@JsonPropertyOrder("uri")
@CheckedBy(RejectsRules.class)
@ShortForm("uri")
public record RejectsSpec(
        @JsonPropertyDescription("The file, as a path, a file: or an s3: URI. Its folder or bucket must exist.")
        @Required
        @Location(Location.Reach.STORAGE)
        @Size(max = Location.MAX_LENGTH)
        String uri) {}
