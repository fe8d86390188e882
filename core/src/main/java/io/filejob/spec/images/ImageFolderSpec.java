package io.filejob.spec.images;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.ShortForm;
import io.filejob.value.Location;

/** The folder of compressed images. */
@JsonPropertyOrder("uri")
@CheckedBy(ImageFolderRules.class)
@ShortForm("uri")
public record ImageFolderSpec(
        @JsonPropertyDescription(
                "A folder, as a path or file: URI, or an s3: URI, which is the prefix of the keys. A missing folder is created.")
        @Required
        @Location(Location.Reach.STORAGE)
        @Size(max = Location.MAX_LENGTH)
        String uri) {}
