package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A ConfigMap in the FileJob's namespace that holds the result. */
@JsonPropertyOrder("name")
public record ConfigMapReference(
        @JsonPropertyDescription("The name of the ConfigMap.")
        @Required
        @Pattern(ConfigMapReference.NAME)
        @Size(max = PodSpec.MAX_NAME_LENGTH)
        String name) {
    /** The key of the result in the ConfigMap's {@code data}. */
    public static final String KEY = "result.csv";

    /**
     * The maximum size of the result in bytes; a ConfigMap is limited to 1 MiB
     * (https://kubernetes.io/docs/concepts/configuration/configmap/).
     */
    public static final int MAX_BYTES = 1_000_000;

    /** A valid name of a ConfigMap: a DNS subdomain name (RFC 1123). */
    static final String NAME = VolumeSpec.LABEL + "([.]" + VolumeSpec.LABEL + ")*";

    /** Returns the location of the result as a URI, {@code configmap:NAME/KEY}. */
    public String location() {
        return "configmap:" + name + "/" + KEY;
    }
}
