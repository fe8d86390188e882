package io.filejob.operator.reconcile;

import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.Phases;
import io.filejob.status.FileJobStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time after the end of a job with failures in which a redrive can continue it. Safe to use from any thread.
 */
@ApplicationScoped
public class RedriveWindow {
    private final OperatorSettings settings;
    private final Clock clock;

    RedriveWindow(OperatorSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns whether a finished job, or a part of it, has failed. */
    static boolean hasFailures(FileJobStatus status) {
        return Phases.hasFailed(status)
                || (status.result() != null && status.result().failures() > 0);
    }

    /** Returns the rest of the time; empty if it is over, or if no part of the finished job has failed. */
    Optional<Duration> left(FileJobStatus status) {
        return hasFailures(status) && status.completionTime() != null
                ? Optional.of(Duration.between(
                                clock.instant(),
                                Instant.parse(status.completionTime()).plusSeconds(settings.redriveSeconds())))
                        .filter(Duration::isPositive)
                : Optional.empty();
    }

    /** Returns the length of the window in seconds. */
    int seconds() {
        return settings.redriveSeconds();
    }
}
