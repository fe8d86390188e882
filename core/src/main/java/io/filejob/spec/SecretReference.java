package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.ShortForm;

/** A Secret in the FileJob's namespace; in local runs, the file or folder given by {@code --secret NAME=PLACE}. */
@JsonPropertyOrder("name")
@ShortForm("name")
public record SecretReference(
        @JsonPropertyDescription("The name of the Secret.")
        @Required
        @Pattern(PodSpec.NAME)
        @Size(max = PodSpec.MAX_NAME_LENGTH)
        String name) {}
