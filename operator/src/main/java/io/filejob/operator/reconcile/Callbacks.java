package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.dependent.CallbackJob;
import io.filejob.operator.observe.ApiRefusal;
import io.filejob.operator.observe.CallbackAttempt;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Observer;
import io.filejob.operator.status.Decision;
import io.filejob.status.CallbackStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Starts the attempts to call the receivers of finished FileJobs when they are due, and deletes them as soon as their
 * outcome is recorded in the status. Safe to use from any thread.
 */
@ApplicationScoped
public class Callbacks {
    private static final Logger LOG = Logger.getLogger(Callbacks.class);
    /** Interval at which an attempt is observed if no event arrives. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** Delay after a rejection by the API server. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private final OperatorSettings settings;
    private final Observer observer;

    Callbacks(OperatorSettings settings, Observer observer) {
        this.settings = settings;
        this.observer = observer;
    }

    /**
     * Brings about {@code decision} after its status has been written. Returns the delay until the next step, empty after
     * the last one.
     */
    Optional<Duration> attend(Decision decision, KubernetesClient client) {
        Observation seen = decision.seen();
        CallbackStatus status = decision.status().callback();
        if (status == null) {
            return Optional.empty();
        }
        try {
            for (CallbackAttempt attempt : seen.callback().all()) {
                if (!attempt.isCurrent(decision.status())) {
                    delete(attempt, client);
                }
            }
            return Optional.ofNullable(status.nextAttemptTime())
                    .map(next -> untilNext(decision, status.attempts() + 1, Instant.parse(next), client));
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "cannot call the receiver of %s yet: %s",
                    seen.resource().getMetadata().getName(), e.getMessage());
            ApiRefusal.of("Job", e).ifPresent(refused -> observer.refused(seen.resource(), refused));
            return Optional.of(AFTER_REFUSAL);
        }
    }

    private Duration untilNext(Decision decision, int number, Instant next, KubernetesClient client) {
        Observation seen = decision.seen();
        if (seen.callback().find(number, decision.status()).isPresent()) {
            return LOOK_AGAIN;
        }
        Duration left = Duration.between(seen.now(), next);
        if (left.isPositive()) {
            return left;
        }
        FileJobResource job = seen.resource();
        // The name may be that of a ConfigMap with another message.
        client.configMaps()
                .inNamespace(job.getMetadata().getNamespace())
                .withName(CallbackJob.messageName(job))
                .delete();
        create(CallbackJob.message(job, decision.status()), client);
        create(CallbackJob.of(job, decision.status(), number, settings), client);
        return LOOK_AGAIN;
    }

    /** Creates {@code object} unless it exists, since an event about it may be late. */
    private static void create(HasMetadata object, KubernetesClient client) {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static void delete(CallbackAttempt attempt, KubernetesClient client) {
        client.resource(attempt.job())
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }
}
