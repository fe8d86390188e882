package io.filejob.operator.status;

import io.filejob.operator.observe.Observation;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Updates the conditions of a status; a condition with an unchanged status keeps its transition time. Not
 * thread-safe.
 */
final class Conditions {
    static final String PLANNED = "Planned";
    static final String RUNNING = "Running";
    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";
    static final String SUSPENDED = "Suspended";
    /** Whether the last request for a redrive was accepted. */
    static final String REDRIVEN = "Redriven";
    /** Complete or failed, as a single condition to wait for. */
    static final String FINISHED = "Finished";

    private final Map<String, Condition> byType = new LinkedHashMap<>();
    private final @Nullable Long generation;
    private final Instant now;

    Conditions(List<Condition> before, @Nullable Long generation, Instant now) {
        before.forEach(condition -> byType.put(condition.type(), condition));
        this.generation = generation;
        this.now = now;
    }

    /** Returns the conditions of the FileJob as they were observed. */
    static Conditions before(Observation seen) {
        FileJobStatus status = seen.resource().getStatus();
        return new Conditions(
                status == null ? List.of() : status.conditions(),
                seen.resource().getMetadata().getGeneration(),
                seen.now());
    }

    Conditions setTrue(String type, String reason, String message) {
        return put(type, "True", reason, message);
    }

    Conditions setFalse(String type, String reason, String message) {
        return put(type, "False", reason, message);
    }

    Conditions setUnknown(String type, String reason, String message) {
        return put(type, "Unknown", reason, message);
    }

    /** Sets a condition that is true to false; a condition that is missing or false stays as it is. */
    Conditions setFalseIfTrue(String type, String reason, String message) {
        return isTrue(type) ? setFalse(type, reason, message) : this;
    }

    boolean isTrue(String type) {
        Condition condition = byType.get(type);
        return condition != null && condition.status().equals("True");
    }

    /** Returns the reason of the condition that determines {@code phase}. */
    @Nullable
    String reason(Phase phase) {
        String type =
                switch (phase) {
                    case COMPLETE -> COMPLETE;
                    case FAILED -> FAILED;
                    case SUSPENDED -> SUSPENDED;
                    case PENDING, PLANNED, RUNNING, MERGING -> RUNNING;
                };
        Condition condition = byType.get(type);
        return condition == null ? null : condition.reason();
    }

    private Conditions put(String type, String status, String reason, String message) {
        Condition before = byType.get(type);
        boolean same = before != null && before.status().equals(status);
        if (same
                && Objects.requireNonNull(before).reason().equals(reason)
                && before.message().equals(message)) {
            return this;
        }
        String since = same
                ? Objects.requireNonNull(before).lastTransitionTime()
                : now.truncatedTo(ChronoUnit.SECONDS).toString();
        byType.put(type, new Condition(type, status, reason, message, since, generation));
        return this;
    }

    List<Condition> all() {
        return List.copyOf(byType.values());
    }
}
