package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A PersistentVolumeClaim that the workers' pods mount. */
@JsonPropertyOrder({"name", "claimName", "mountPath", "readOnly"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "mountPath",
        holds = "self.mountPath.matches('^" + VolumeSpec.ABSOLUTE + "$')",
        message = Words.NOT_A_MOUNT_PATH,
        values = VolumeSpec.MOUNT_PATH)
@Rule(
        field = "mountPath",
        holds = "!self.mountPath.matches('^" + VolumeSpec.TAKEN + "$')",
        message = Words.TAKEN,
        values = VolumeSpec.MOUNT_PATH)
public record VolumeSpec(
        @JsonPropertyDescription("Names the volume within the pods.")
        @Required
        @Pattern(VolumeSpec.LABEL)
        @Size(max = VolumeSpec.LONGEST_LABEL)
        String name,

        @JsonPropertyDescription("The PersistentVolumeClaim, of the FileJob's namespace.")
        @Required
        @Pattern(PodSpec.NAME)
        @Size(max = PodSpec.LONGEST_NAME)
        String claimName,

        @JsonPropertyDescription("Where file: URIs find it, an absolute path.") @Required @Size(max = Place.LONGEST)
        String mountPath,

        @JsonPropertyDescription("Whether it is only read.") @Default("false") @Nullable
        Boolean readOnly) {
    static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    static final long LONGEST_LABEL = 63;

    /** Below the root, without . and .. and colons. */
    static final String ABSOLUTE = "(/([^/:.][^/:]*|[.][^/:.][^/:]*|[.][.][^/:]+))+";

    /** What the system, the JVM and the runner need in a pod, with scratch space, Secrets and the service account's token. */
    static final String TAKEN =
            "/(var|(bin|boot|dev|etc|lib|lib32|lib64|libx32|opt|proc|root|run|sbin|sys|tmp|usr|var/run)(/.*)?)";

    /** In CEL, the path as messages show it. */
    static final String MOUNT_PATH = "'\"' + self.mountPath + '\"'";

    /** Fills in the default. */
    public VolumeSpec {
        readOnly = readOnly == null ? Boolean.FALSE : readOnly;
    }

    /** With its default. */
    @Override
    public Boolean readOnly() {
        return Boolean.TRUE.equals(readOnly);
    }
}
