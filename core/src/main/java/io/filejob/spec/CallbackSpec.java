package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.value.Location;

/** A signed HTTP request that tells of the job's end, complete or failed (Standard Webhooks 1.0.0). */
@JsonPropertyOrder({"url", "secret"})
@CheckedBy(CallbackRules.class)
public record CallbackSpec(
        @JsonPropertyDescription("The http: or https: URL that receives a POST request.")
        @Required
        @Size(max = Location.MAX_LENGTH)
        String url,

        @JsonPropertyDescription(
                "The Secret with the key secret, whsec_ followed by the base64 text of 24 to 64 bytes, which signs the requests. While it is replaced, the key previous may hold the former one, which then signs them too. The key ca.crt, if present, holds the only CA certificates that are trusted for the receiver (PEM).")
        @Required
        SecretReference secret) {
    /** The syntax of {@code url}: a host and an optional port, but no user, since a spec has no secrets. */
    static final String URL = "https?://[^/?#@ ]+([/?][^# ]*)?";
}
