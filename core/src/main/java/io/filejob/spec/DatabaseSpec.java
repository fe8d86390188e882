package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;

/** A PostgreSQL database. */
@JsonPropertyOrder("secret")
public record DatabaseSpec(
        @JsonPropertyDescription(
                "The Secret with the connection parameters. Keys: host, port (default 5432), database, user, and either password or cert and key (PEM); optionally sslmode as in libpq (default prefer) and ca, the trusted CA certificates (PEM). dbname and username are other names of database and user, and a key url or uri may hold a connection URL for settings without a key of their own, as in the Secrets of CloudNativePG.")
        @Required
        SecretReference secret) {}
