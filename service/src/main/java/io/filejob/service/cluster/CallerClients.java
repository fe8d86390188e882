package io.filejob.service.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.security.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The clients of the API server, one for each token of a caller. They are kept for a minute, so that connections are
 * used again, and closed as soon as no request or stream uses them any more. Tokens are not kept as keys. Thread-safe.
 */
final class CallerClients implements AutoCloseable {
    private static final int MAX_CLIENTS = 256;
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final ApiServerAccess access;
    private final RecentEntries<CallerClient> clients;

    CallerClients(ApiServerAccess access, Clock clock) {
        this.access = access;
        this.clients = new RecentEntries<>(MAX_CLIENTS, LIFE, clock, CallerClient::retire);
    }

    /**
     * Returns the result of {@code action} with a client that presents {@code token}; failures of the API server become
     * problems.
     */
    <T> T call(String token, Function<KubernetesClient, T> action) {
        try (CallerClient.Lease lease = lease(token)) {
            return action.apply(lease.client());
        } catch (KubernetesClientException e) {
            throw ApiProblems.of(e);
        }
    }

    /** Returns a client that stays open until the lease is closed. */
    CallerClient.Lease lease(String token) {
        String key = Sha256.of(token);
        synchronized (clients) {
            Optional<CallerClient.Lease> kept = clients.find(key).flatMap(CallerClient::lease);
            if (kept.isPresent()) {
                return kept.get();
            }
            CallerClient fresh = new CallerClient(access.client(token));
            CallerClient.Lease lease = fresh.lease().orElseThrow();
            clients.put(key, fresh);
            return lease;
        }
    }

    /** Closes the clients that have expired. */
    void removeExpired() {
        clients.removeExpired();
    }

    @Override
    public void close() {
        clients.clear();
    }
}
