package io.filejob.service.job;

import org.jspecify.annotations.Nullable;

/**
 * The authenticated sender of a request.
 *
 * @param name the name of the user, which quotas and idempotency keys refer to
 * @param token the bearer token that the API server of the cluster accepts; null on one machine
 */
public record Caller(String name, @Nullable String token) {
    @Override
    public String toString() {
        return "Caller[" + name + "]";
    }
}
