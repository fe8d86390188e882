package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJobSpec;
import io.filejob.manifest.ManifestReader;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.Phase;
import io.filejob.validation.InvalidManifestException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tests the whole operator against a real API server; the tests act as controllers and workers. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class ReconcilerTest {
    /** Three times the longest delay between two retries. */
    private static final Duration AFTER_RETRY = Duration.ofMinutes(3);

    @Inject
    KubernetesClient client;

    @Inject
    Operator operator;

    @Inject
    MeterRegistry registry;

    private final TestNamespace namespace = new TestNamespace();

    @Test
    void aFileJobGetsItsConfigMapAndItsJob() {
        FileJobResource job = namespace.create(Jobs.job(3, 6));

        Job child = namespace.awaitChild(job, _ -> true);
        ConfigMap configMap = client.configMaps()
                .inNamespace(namespace.name())
                .withName(Names.base(job))
                .get();

        assertThat(child.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(child.getSpec().getCompletions()).isEqualTo(3);
        assertThat(child.getSpec().getParallelism()).isEqualTo(3);
        assertThat(child.getSpec().getSuccessPolicy().getRules().getFirst().getSucceededCount())
                .isEqualTo(1);
        assertThat(child.getMetadata().getOwnerReferences().getFirst().getUid())
                .isEqualTo(job.getMetadata().getUid());
        PodTemplateSpec pod = child.getSpec().getTemplate();
        assertThat(pod.getSpec().getContainers().getFirst().getArgs())
                .containsExactly("work", "--config-map", Names.base(job));
        assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("localhost/filejob-runner:test");
        assertThat(pod.getMetadata().getLabels()).containsEntry("filejob.io/name", "prices");
        assertThat(pod.getSpec().getSecurityContext().getRunAsUser())
                .as("the platform's choice, unless the chart names one")
                .isNull();
        assertThat(child.getMetadata().getOwnerReferences())
                .singleElement()
                .isEqualTo(Names.owner(job))
                .satisfies(owner -> assertThat(owner.getController()).isTrue());
        assertThat(configMap.getMetadata().getOwnerReferences()).singleElement().isEqualTo(Names.owner(job));
        assertThat(configMap.getMetadata().getAnnotations()).containsEntry("filejob.io/workers", "3");
        assertThat(configMap.getMetadata().getOwnerReferences().getFirst().getUid())
                .isEqualTo(job.getMetadata().getUid());
        assertThat(ManifestReaderOf.spec(configMap).resultDefiningPart())
                .isEqualTo(job.getSpec().resultDefiningPart());
        FileJobResource planned = namespace.awaitJob(job, _ -> true);
        assertThat(planned.getStatus().phase()).isEqualTo(Phase.PLANNED);
        assertThat(planned.getMetadata().getFinalizers()).isEmpty();
    }

    /** Returns the manifest in a ConfigMap. */
    private static final class ManifestReaderOf {
        static FileJobSpec spec(ConfigMap configMap) {
            try {
                return ManifestReader.read(
                                Objects.requireNonNull(configMap.getData().get("job.yaml")))
                        .spec();
            } catch (InvalidManifestException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void scaleAndSuspendReachTheJobAndTheWorkers() {
        FileJobResource job = namespace.create(Jobs.job(1, 6));
        namespace.awaitChild(job, _ -> true);

        client.resource(job).scale(4);
        namespace.awaitChild(
                job,
                child ->
                        child.getSpec().getParallelism() == 4 && child.getSpec().getCompletions() == 4);
        await().atMost(TestNamespace.SOON).until(() -> client.configMaps()
                .inNamespace(namespace.name())
                .withName(Names.base(job))
                .get()
                .getMetadata()
                .getAnnotations()
                .containsValue("4"));

        patchSpec(job, Map.of("suspend", true));
        namespace.awaitChild(job, child -> child.getSpec().getSuspend());
        namespace.awaitJob(job, now -> now.getStatus().phase() == Phase.SUSPENDED);

        patchSpec(job, Map.of("suspend", false));
        namespace.awaitChild(job, child -> !child.getSpec().getSuspend());
        namespace.awaitJob(job, now -> now.getStatus().phase() == Phase.PLANNED);
    }

    private void patchSpec(FileJobResource job, Map<String, Object> changes) {
        client.resource(job)
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", changes)));
    }

    /** The metrics of the operator's framework once threw an exception in the retry timer, which ended all retries. */
    @Test
    void whatFailsIsTriedAgainUntilItWorks() {
        Refusal refusal = Refusal.ofJobs(client, namespace.name());
        FileJobResource job = namespace.create(Jobs.job(1, 2));
        double before = retries();
        await().atMost(TestNamespace.SOON).until(() -> retries() >= before + 3);

        refusal.lift();

        await().atMost(AFTER_RETRY).until(() -> namespace.child(job) != null);
    }

    private double retries() {
        return registry.find("reconciliations.retries.total").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void retriesHaveNoEndAndAShortPause() {
        var configuration = operator.getRegisteredController(FileJobReconciler.NAME)
                .orElseThrow()
                .getConfiguration();

        assertThat(configuration.getRetry()).isInstanceOfSatisfying(GenericRetry.class, retry -> {
            assertThat(retry.getMaxAttempts()).isEqualTo(Integer.MAX_VALUE);
            assertThat(retry.getMaxInterval()).isEqualTo(60_000);
        });
        assertThat(configuration.getRateLimiter())
                .isInstanceOfSatisfying(LinearRateLimiter.class, limiter -> assertThat(limiter.isActivated())
                        .isTrue());
    }
}
