package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.security.Sha256;
import io.filejob.service.access.Authentication;
import io.filejob.service.job.Caller;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the API server for the names of callers. Names, and tokens that it has refused, are remembered for a minute by
 * their digests, each in a limited number. Only the names are used; each access is decided by the API server.
 */
final class CallerNames implements Authentication {
    private static final int MAX_ENTRIES = 1024;
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final CallerClients clients;
    private final RecentEntries<String> names;
    private final RecentEntries<ProblemException> refusals;

    CallerNames(CallerClients clients, Clock clock) {
        this.clients = clients;
        this.names = new RecentEntries<>(MAX_ENTRIES, LIFE, clock, _ -> {});
        this.refusals = new RecentEntries<>(MAX_ENTRIES, LIFE, clock, _ -> {});
    }

    /** Returns the name of the user of {@code client}, which the API server tells now. */
    static String ask(KubernetesClient client) {
        return client.resource(new SelfSubjectReviewBuilder().build())
                .create()
                .getStatus()
                .getUserInfo()
                .getUsername();
    }

    @Override
    public Optional<Caller> known(String token) {
        return names.find(Sha256.of(token)).map(name -> new Caller(name, token));
    }

    @Override
    public Caller caller(String token) {
        Optional<Caller> known = known(token);
        if (known.isPresent()) {
            return known.get();
        }
        String digest = Sha256.of(token);
        refusals.find(digest).ifPresent(refusal -> {
            throw refusal;
        });
        try {
            String name = clients.call(token, CallerNames::ask);
            names.put(digest, name);
            return new Caller(name, token);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.UNAUTHORIZED) {
                refusals.put(digest, e);
            }
            throw e;
        }
    }
}
