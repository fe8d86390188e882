package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.value.Location;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How object storage (s3: URIs) is accessed. */
@JsonPropertyOrder({"endpoint", "region", "pathStyle", "credentialsSecret", "caSecret"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(S3Rules.class)
public record S3Spec(
        @JsonPropertyDescription("The http: or https: URL of the service. If absent, AWS.")
        @Size(max = Location.MAX_LENGTH)
        @Nullable
        String endpoint,

        @JsonPropertyDescription("The region. If absent, that of the environment, or else us-east-1.")
        @Size(max = 64)
        @Nullable
        String region,

        @JsonPropertyDescription("Whether buckets are addressed in the path instead of the host name.")
        @Default("" + S3Spec.DEFAULT_PATH_STYLE)
        @Nullable
        Boolean pathStyle,

        @JsonPropertyDescription(
                "The Secret with the keys AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and optionally AWS_SESSION_TOKEN. If absent, web identity or the environment is used.")
        @Nullable
        SecretReference credentialsSecret,

        @JsonPropertyDescription(
                "The Secret with the key ca.crt, which holds the trusted CA certificates of the service (PEM).")
        @Nullable
        SecretReference caSecret) {
    static final boolean DEFAULT_PATH_STYLE = false;
    static final String ENDPOINT = "https?://[^/?#@ ]+(/[^?# ]*)?";

    /** Fills in the default. */
    public S3Spec {
        pathStyle = pathStyle == null ? Boolean.valueOf(DEFAULT_PATH_STYLE) : pathStyle;
    }

    /** Returns whether buckets are addressed in the path, {@value #DEFAULT_PATH_STYLE} by default. */
    @Override
    public Boolean pathStyle() {
        return Objects.requireNonNull(pathStyle);
    }
}
