package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.metrics.OperatorMetrics;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.load.FullLedger;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running operator reconciles a large job as soon as the {@link MemoryBudget} calls it. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class CalledJobTest {
    private static final FileJobResource OTHER = Jobs.job(1, 2);

    @Inject
    KubernetesClient client;

    @Inject
    MemoryBudget budget;

    @Inject
    CollectorRegistry registry;

    /** No job asks again by itself. */
    @BeforeEach
    void onlyCall() {
        budget.askAgainAfter(Duration.ofHours(1));
    }

    @AfterEach
    void reset() {
        budget.end(Jobs.UID);
        budget.askAgainAfter(MemoryBudget.ASK_AGAIN);
    }

    private static ConditionFactory soon(String condition) {
        return await(condition).atMost(Duration.ofMinutes(2));
    }

    @Test
    void theEndOfALargeJobsReadingWakesTheNextOne() {
        String namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("test-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        FileJobResource job = client.resource(Jobs.asNew(Jobs.job(1, 2 * FullLedger.SLICES), namespace))
                .create();
        FullLedger ledger = FullLedger.of(client, job);
        soon("all memory")
                .ignoreException(PostponedException.class)
                .untilAsserted(() -> budget.take(OTHER, Long.MAX_VALUE));
        client.resource(ledger.of(job)).create();
        soon("a job that waits for memory")
                .until(() -> budget.isWaiting(job.getMetadata().getUid()));
        assertThat(registry.getSampleValue(OperatorMetrics.WAITING.name())).isPositive();

        budget.end(Jobs.UID);

        soon("its ledger is read").until(() -> {
            FileJobResource now = client.resource(job).get();
            return now.getStatus() != null
                    && now.getStatus().slices() != null
                    && now.getStatus().slices().done() == FullLedger.SLICES;
        });
    }
}
