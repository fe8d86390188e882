package io.filejob.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.testing.time.TestClock;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class DeadWatchTest {
    @Inject
    KubernetesClient client;

    @Inject
    OperatorSettings settings;

    @Inject
    LeaderElectionConfiguration election;

    /** The canary that the operator's own watch updates. */
    @Inject
    Canary fed;

    private final TestClock clock = new TestClock();

    private DeadWatchCheck check(Canary canary, Heartbeats heartbeats) {
        Watchdog watchdog = new Watchdog(client, heartbeats);
        watchdog.look();
        return new DeadWatchCheck(canary, watchdog);
    }

    @Test
    void aChangeThatDoesNotComeThroughTheWatchIsDeath() {
        Canary unheard = new Canary(client, settings, clock);
        unheard.send();
        assertThat(check(unheard, new Heartbeats(clock)).call().getStatus()).isEqualTo(Status.UP);

        clock.pass(Duration.ofSeconds(61));

        assertThat(check(unheard, new Heartbeats(clock)).call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void aChangeThatComesThroughIsLife() {
        fed.send();

        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !fed.isWaiting());
    }

    /** This operator ignores the canary of another installation. */
    @Test
    void canariesAreKnownByTheirLabel() {
        fed.send();

        FileJobResource canary = Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> client.resources(FileJobResource.class)
                                .inNamespace(settings.namespace())
                                .withName("filejob-canary")
                                .get(),
                        Objects::nonNull);

        assertThat(Canary.isAny(canary)).isTrue();
        assertThat(Canary.isAny(Jobs.job(1, 1))).isFalse();
    }

    /** A restarting API server is unavailable for some seconds; the operator continues afterwards. */
    @Test
    void theLeaderStaysWithoutAnApiServerForTenSeconds() {
        assertThat(election.getRenewDeadline()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(election.getLeaseDuration()).isGreaterThan(election.getRenewDeadline());
        assertThat(election.getRetryPeriod()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(election.getLeaseName()).isEqualTo("filejob-operator");
    }

    @Test
    void aStuckFileJobIsDeathUnlessItIsGone() {
        Heartbeats heartbeats = new Heartbeats(clock);
        FileJobResource job = Jobs.job(1, 1);
        job.getMetadata().setName("stuck");
        FileJobResource there = client.resource(Jobs.asNew(job, "default")).create();
        heartbeats.beat(there);
        clock.pass(Duration.ofMinutes(3));
        Canary silent = new Canary(client, settings, clock);

        assertThat(check(silent, heartbeats).call().getStatus()).isEqualTo(Status.DOWN);

        client.resource(there).delete();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> check(silent, heartbeats).call().getStatus() == Status.UP);
    }
}
