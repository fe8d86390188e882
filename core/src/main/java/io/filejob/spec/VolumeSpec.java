package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.value.Location;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A PersistentVolumeClaim that the workers' pods mount. */
@JsonPropertyOrder({"name", "claimName", "mountPath", "readOnly"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(VolumeRules.class)
public record VolumeSpec(
        @JsonPropertyDescription("The name of the volume within the pods.")
        @Required
        @Pattern(VolumeSpec.LABEL)
        @Size(max = VolumeSpec.MAX_LABEL_LENGTH)
        String name,

        @JsonPropertyDescription("The name of the PersistentVolumeClaim in the FileJob's namespace.")
        @Required
        @Pattern(PodSpec.NAME)
        @Size(max = PodSpec.MAX_NAME_LENGTH)
        String claimName,

        @JsonPropertyDescription("The absolute path at which the claim is mounted and file: URIs find its files.")
        @Required
        @Size(max = Location.MAX_LENGTH)
        String mountPath,

        @JsonPropertyDescription("Whether the claim is mounted read-only.")
        @Default("" + VolumeSpec.DEFAULT_READ_ONLY)
        @Nullable
        Boolean readOnly) {
    static final boolean DEFAULT_READ_ONLY = false;
    public static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    static final long MAX_LABEL_LENGTH = 63;

    /** An absolute path below the root, without {@code .}, {@code ..} and colons. */
    static final String ABSOLUTE = "(/([^/:.][^/:]*|[.][^/:.][^/:]*|[.][.][^/:]+))+";

    /**
     * Paths that the system, the JVM and the runner use in a pod, with scratch space, Secrets and the service account's
     * token.
     */
    static final String TAKEN =
            "/(var|(bin|boot|dev|etc|lib|lib32|lib64|libx32|opt|proc|root|run|sbin|sys|tmp|usr|var/run)(/.*)?)";

    /** Fills in the default. */
    public VolumeSpec {
        readOnly = readOnly == null ? Boolean.valueOf(DEFAULT_READ_ONLY) : readOnly;
    }

    /** Returns whether the claim is mounted read-only, {@value #DEFAULT_READ_ONLY} by default. */
    @Override
    public Boolean readOnly() {
        return Objects.requireNonNull(readOnly);
    }
}
