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

        @JsonPropertyDescription("Where file: URIs find it, an absolute path.")
        @Required
        @Pattern(VolumeSpec.ABSOLUTE)
        @Size(max = Place.LONGEST)
        String mountPath,

        @JsonPropertyDescription("Whether it is only read.") @Default("false") @Nullable
        Boolean readOnly) {
    static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    static final long LONGEST_LABEL = 63;
    static final String ABSOLUTE = "/[^:]*";

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
