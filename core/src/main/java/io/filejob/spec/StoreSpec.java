package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.ShortForm;
import io.filejob.value.Location;

/** Where workers persist their progress, so that a local run can be resumed. */
@JsonPropertyOrder("uri")
@ShortForm("uri")
public record StoreSpec(
        @JsonPropertyDescription(
                "A folder, as a path or file: URI, or an s3: URI, which is the prefix of the keys. A missing folder is created.")
        @Required
        @Location(Location.Reach.STORAGE)
        @Size(max = Location.MAX_LENGTH)
        String uri) {}
