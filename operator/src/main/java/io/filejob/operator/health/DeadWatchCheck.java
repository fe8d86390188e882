package io.filejob.operator.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness check: the operator receives changes and keeps reconciling every FileJob that is not finished. Otherwise
 * Kubernetes restarts it, and it continues from the state recorded in the cluster.
 */
@Liveness
@ApplicationScoped
public class DeadWatchCheck implements HealthCheck {
    private final Canary canary;
    private final Watchdog watchdog;

    DeadWatchCheck(Canary canary, Watchdog watchdog) {
        this.canary = canary;
        this.watchdog = watchdog;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("every FileJob is being reconciled").up();
        canary.overdue().ifPresent(age -> response.down()
                .withData("canary", "the watch has not delivered the last change for " + age.toSeconds() + " s"));
        List<String> stuck = watchdog.stuck();
        if (!stuck.isEmpty()) {
            response.down().withData("stuck", String.join(", ", stuck));
        }
        return response.build();
    }
}
