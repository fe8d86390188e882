package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.callback.CallbackMessage;
import io.filejob.failure.Excerpt;
import io.filejob.failure.UrlRedaction;
import io.filejob.operator.ForIntervals;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Publishes changes of a FileJob's conditions as events, for {@code kubectl describe}. */
@ApplicationScoped
public class Transitions {
    private static final Logger LOG = Logger.getLogger(Transitions.class);
    /** Carries the same information as Complete or Failed. */
    private static final String FINISHED = "Finished";
    /** Expected reasons for having no running worker. */
    private static final Set<String> EXPECTED_REASONS =
            Set.of("WaitingForPods", "Complete", "WorkersFinished", "Suspended", "Failed");
    /** The API server's limit on the message of an event. */
    private static final int MESSAGE_BYTES = 1024;

    private final Clock clock;
    private final OperatorSettings settings;
    private final EventBudget budget;

    Transitions(Clock clock, @ForIntervals Clock intervals, OperatorSettings settings) {
        this.clock = clock;
        this.budget = new EventBudget(intervals);
        this.settings = settings;
    }

    /**
     * Publishes the changes from {@code before} to {@code now}. A failure is only logged, since the status contains the
     * same information.
     */
    void publish(FileJobResource job, @Nullable FileJobStatus before, FileJobStatus now, KubernetesClient client) {
        for (Condition condition : now.conditions()) {
            if (isNew(condition, before)
                    && isWorthTelling(condition)
                    && budget.spend(job.getMetadata().getUid())) {
                LOG.infof(
                        "%s is %s, %s: %s",
                        condition.type(), condition.status(), condition.reason(), UrlRedaction.of(condition.message()));
                try {
                    client.v1()
                            .events()
                            .inNamespace(job.getMetadata().getNamespace())
                            .resource(event(job, condition))
                            .create();
                } catch (KubernetesClientException e) {
                    LOG.warnf(
                            "cannot write the event about %s of %s: %s",
                            condition.type(), job.getMetadata().getName(), e.getMessage());
                }
            }
        }
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        budget.retain(uids);
    }

    private static boolean isNew(Condition condition, @Nullable FileJobStatus before) {
        return before == null
                || before.conditions().stream()
                        .noneMatch(old -> old.type().equals(condition.type())
                                && old.status().equals(condition.status())
                                && old.reason().equals(condition.reason()));
    }

    /** Skips the absence of workers, which the other conditions explain. */
    private static boolean isWorthTelling(Condition condition) {
        return !condition.type().equals(FINISHED)
                && (isTrue(condition) || isBad(condition) || condition.reason().equals("Resumed"));
    }

    private static boolean isBad(Condition condition) {
        if (condition.type().equals(CallbackMessage.CONDITION)) {
            return condition.status().equals("False");
        }
        return isTrue(condition)
                ? condition.type().equals("Failed")
                : condition.type().equals("Running") && !EXPECTED_REASONS.contains(condition.reason());
    }

    private static boolean isTrue(Condition condition) {
        return condition.status().equals("True");
    }

    private Event event(FileJobResource job, Condition condition) {
        return FileJobEvent.of(job, clock.instant(), settings)
                .withType(isBad(condition) ? "Warning" : "Normal")
                .withReason(isTrue(condition) ? condition.type() : condition.reason())
                .withAction(condition.type())
                .withMessage(Excerpt.ofBytes(condition.message(), MESSAGE_BYTES))
                .build();
    }
}
