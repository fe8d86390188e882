package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A PostgreSQL database. */
public record DatabaseSpec(
        @JsonPropertyDescription(
                "The Secret with the connection parameters. Keys: host, port (default 5432), database, user, and either password or cert and key (PEM); optionally sslmode as in libpq (default prefer) and ca, the trusted CA certificates (PEM).")
        @Required
        SecretReference secret) {}
