package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A ConfigMap of the FileJob's namespace that holds a result. */
public record ConfigMapReference(
        @JsonPropertyDescription("Its name.")
        @Required
        @Pattern(ConfigMapReference.NAME)
        @Size(max = PodSpec.LONGEST_NAME)
        String name) {
    /** The key in its {@code data}. */
    public static final String KEY = "result.csv";

    /** The most bytes of the result: a ConfigMap may have 1 MiB (https://kubernetes.io/docs/concepts/configuration/configmap/). */
    public static final int MOST_BYTES = 1_000_000;

    /** What the API server makes ConfigMaps of: a DNS subdomain name (RFC 1123). */
    static final String NAME = VolumeSpec.LABEL + "([.]" + VolumeSpec.LABEL + ")*";

    /** The result in it as a URI. */
    public String place() {
        return "configmap:" + name + "/" + KEY;
    }
}
