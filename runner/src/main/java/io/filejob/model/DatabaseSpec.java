package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A PostgreSQL database. */
public record DatabaseSpec(
        @JsonPropertyDescription(
                "A Secret with the keys host, port (5432 if absent), database, user, and password or cert and key (PEM); sslmode (prefer if absent) as libpq has it, and ca, the certificates (PEM) that the server's is checked against.")
        @Required
        SecretReference secret) {}
