package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.ShortForm;
import io.filejob.value.Location;

/** The folder in which generated files are kept. */
@JsonPropertyOrder("uri")
@ShortForm("uri")
public record KeepSpec(
        @JsonPropertyDescription("The folder, as a path or file: URI. It is created if it does not exist.")
        @Required
        @Location
        @Size(max = Location.MAX_LENGTH)
        String uri) {}
