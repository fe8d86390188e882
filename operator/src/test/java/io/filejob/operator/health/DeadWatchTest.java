package io.filejob.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
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

    /** The one that the operator's own watch feeds. */
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

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !fed.isWaiting());
    }

    @Test
    void aStuckFileJobIsDeathUnlessItIsGone() {
        Heartbeats heartbeats = new Heartbeats(clock);
        FileJobResource job = Jobs.job(1, 1);
        job.getMetadata().setName("stuck");
        job.getMetadata().setNamespace("default");
        job.getMetadata().setUid(null);
        FileJobResource there = client.resource(job).create();
        heartbeats.beat(there);
        clock.pass(Duration.ofMinutes(3));
        Canary silent = new Canary(client, settings, clock);

        assertThat(check(silent, heartbeats).call().getStatus()).isEqualTo(Status.DOWN);

        client.resource(there).delete();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> check(silent, heartbeats).call().getStatus() == Status.UP);
    }
}
