package io.filejob.operator.health;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.filejob.operator.OperatorSettings;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Elects a leader: of several replicas, only the holder of the lease reconciles. It also runs the canary, the watchdog
 * and all {@link LeaderTask}s.
 */
@ApplicationScoped
public class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    /**
     * How long the API server may be unavailable before the leader gives up; shortly afterwards another replica takes
     * over.
     */
    static final Duration RENEW_DEADLINE = Duration.ofSeconds(30);

    private static final Duration LEASE_DURATION = Duration.ofSeconds(40);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(4);
    private static final Duration WATCHDOG_INTERVAL = Duration.ofSeconds(15);

    private final Canary canary;
    private final Watchdog watchdog;
    private final Instance<LeaderTask> tasks;
    private volatile boolean isLeader;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("health").factory());

    Leadership(Canary canary, Watchdog watchdog, @Any Instance<LeaderTask> tasks) {
        this.canary = canary;
        this.watchdog = watchdog;
        this.tasks = tasks;
    }

    /** Configures leader election. An operator that loses the lease exits, and is restarted as a follower. */
    @Produces
    @Singleton
    LeaderElectionConfiguration election(OperatorSettings settings) {
        LeaderElectionConfigurationBuilder election = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        settings.instance() + "-operator")
                .withLeaseNamespace(settings.namespace())
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withLeaderCallbacks(
                        new LeaderCallbacks(this::lead, this::resign, leader -> LOG.infof("the leader is %s", leader)));
        settings.podName().ifPresent(election::withIdentity);
        return election.build();
    }

    /** Returns whether this replica is the leader. */
    public boolean isLeader() {
        return isLeader;
    }

    private void resign() {
        isLeader = false;
        LOG.info("no longer the leader");
    }

    private void lead() {
        isLeader = true;
        canary.begin();
        every(Canary.INTERVAL, canary::send);
        every(WATCHDOG_INTERVAL, watchdog::look);
        tasks.forEach(task -> every(task.interval(), task::run));
    }

    private void every(Duration interval, Runnable task) {
        ScheduledFuture<?> _ = executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // The executor would cancel a task that throws.
                        LOG.error("a periodic task of the operator failed", e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
