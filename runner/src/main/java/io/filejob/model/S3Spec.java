package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How s3: URIs are reached. */
@JsonPropertyOrder({"endpoint", "region", "pathStyle", "credentialsSecret", "caSecret"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "endpoint",
        holds = "!has(self.endpoint) || self.endpoint.matches('^" + S3Spec.ENDPOINT + "$')",
        message = Words.NOT_AN_ENDPOINT,
        values = "'\"' + self.endpoint + '\"'")
@Rule(
        field = "caSecret",
        holds = "!has(self.caSecret) || !has(self.endpoint) || !self.endpoint.startsWith('http:')",
        message = Words.CA_OF_HTTP)
public record S3Spec(
        @JsonPropertyDescription("The service's http: or https: URL; AWS if absent.")
        @Size(max = Place.LONGEST)
        @Nullable
        String endpoint,

        @JsonPropertyDescription("The region; that of the environment, else us-east-1, if absent.")
        @Size(max = 64)
        @Nullable
        String region,

        @JsonPropertyDescription("Whether buckets stand in the path instead of the host's name.")
        @Default("false")
        @Nullable
        Boolean pathStyle,

        @JsonPropertyDescription(
                "A Secret with the keys AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and perhaps AWS_SESSION_TOKEN; web identity or the environment if absent.")
        @Nullable
        SecretReference credentialsSecret,

        @JsonPropertyDescription(
                "A Secret whose key ca.crt holds the certificates, in PEM, that the service's is checked against.")
        @Nullable
        SecretReference caSecret) {
    static final String ENDPOINT = "https?://[^/?#@ ]+(/[^?# ]*)?";

    /** Fills in the default. */
    public S3Spec {
        pathStyle = pathStyle == null ? Boolean.FALSE : pathStyle;
    }

    /** With its default. */
    @Override
    public Boolean pathStyle() {
        return Boolean.TRUE.equals(pathStyle);
    }
}
