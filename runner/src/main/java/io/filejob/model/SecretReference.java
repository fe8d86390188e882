package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret of the FileJob's namespace; in local runs what {@code --secret NAME=PLACE} gives. */
public record SecretReference(
        @JsonPropertyDescription("Its name.") @Required @Pattern(PodSpec.NAME) @Size(max = PodSpec.LONGEST_NAME)
        String name) {}
