package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.model.FileJobStatus;
import io.filejob.model.Phase;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A Job is resumed by the party that has suspended it. Here the test acts as the queue; the end-to-end suites use Kueue
 * itself.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class QueueTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    KubernetesClient client;

    private String namespace = "";

    @BeforeEach
    void ownNamespace() {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("queue-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    private FileJobResource create(int workers, Map<String, String> labels, Map<String, String> annotations) {
        FileJobResource job = Jobs.job(workers, 6);
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setUid(null);
        job.getMetadata().setCreationTimestamp(null);
        job.getMetadata().setGeneration(null);
        job.getMetadata().setLabels(labels);
        job.getMetadata().setAnnotations(annotations);
        return client.resource(job).create();
    }

    private Job child(FileJobResource job, Predicate<Job> expected) {
        return await().atMost(SOON)
                .until(
                        () -> client.batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .withName(Names.base(job))
                                .get(),
                        child -> child != null && expected.test(child));
    }

    private void patch(Job child, String patch) {
        client.resource(child).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private void suspend(FileJobResource job, boolean suspend) {
        client.resource(job).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": " + suspend + "}}");
    }

    private FileJobStatus status(FileJobResource job, Predicate<FileJobStatus> expected) {
        return await().atMost(SOON)
                .until(() -> client.resource(job).get().getStatus(), status -> status != null && expected.test(status));
    }

    private static boolean waits(FileJobStatus status) {
        return status.conditions().stream()
                .anyMatch(condition -> condition.type().equals("Suspended")
                        && condition.status().equals("True")
                        && condition.reason().equals("WaitingForAdmission"));
    }

    @Test
    void whatKueueReadsIsPassedOnAndAWaitingJobIsScaled() {
        FileJobResource job = create(
                3,
                Map.of(Names.QUEUE, "team", "kueue.x-k8s.io/priority-class", "low", "app", "shop"),
                Map.of(Names.MIN_PARALLELISM, "2"));
        Job child = child(job, _ -> true);

        assertThat(child.getSpec().getSuspend()).isTrue();
        assertThat(child.getMetadata().getLabels())
                .containsEntry(Names.QUEUE, "team")
                .containsEntry("kueue.x-k8s.io/priority-class", "low")
                .doesNotContainKey("app");
        assertThat(child.getMetadata().getAnnotations()).containsEntry(Names.MIN_PARALLELISM, "2");
        status(job, QueueTest::waits);

        client.resource(job).scale(4);
        child(job, now -> now.getSpec().getParallelism() == 4 && now.getSpec().getCompletions() == 4);
        client.resource(job).scale(2);
        Job narrow = child(job, now -> now.getSpec().getParallelism() == 2);
        assertThat(narrow.getMetadata().getAnnotations())
                .as("two of two are all")
                .doesNotContainKey(Names.MIN_PARALLELISM);
        assertThat(narrow.getSpec().getSuspend()).isTrue();
    }

    @Test
    void aLabelThatAdmissionHasSetCountsAndSoDoesAStrangersSuspension() {
        FileJobResource job = create(2, Map.of(), Map.of());
        Job child = child(job, now -> !now.getSpec().getSuspend());

        patch(
                child,
                "{\"metadata\": {\"labels\": {\"" + Names.QUEUE + "\": \"default\"}}, \"spec\": {\"suspend\": true}}");
        status(job, QueueTest::waits);
        client.resource(job).scale(3);
        assertThat(child(job, now -> now.getSpec().getParallelism() == 3)
                        .getSpec()
                        .getSuspend())
                .isTrue();

        patch(child, "{\"metadata\": {\"labels\": {\"" + Names.QUEUE + "\": null}}}");
        client.resource(job).scale(4);
        assertThat(child(job, now -> now.getSpec().getParallelism() == 4)
                        .getSpec()
                        .getSuspend())
                .as("somebody else has suspended it")
                .isTrue();
        patch(child, "{\"spec\": {\"suspend\": false}}");
        status(job, now -> now.phase() == Phase.PLANNED);
    }

    @Test
    void aQueuedJobIsNeverResumedByTheOperator() {
        FileJobResource job = create(1, Map.of(Names.QUEUE, "team"), Map.of());
        patch(child(job, _ -> true), "{\"spec\": {\"suspend\": false}}");
        status(job, now -> now.phase() == Phase.PLANNED);

        suspend(job, true);
        child(job, now -> now.getSpec().getSuspend());
        suspend(job, false);

        status(job, QueueTest::waits);
        assertThat(child(job, _ -> true).getSpec().getSuspend()).isTrue();
    }

    @Test
    void oneThatIsSuspendedFromTheStartHasNoJob() {
        FileJobResource job = Jobs.job("""
                {"workers": 1, "suspend": true, "input": {"generate": {"files": 2, "entriesPerFile": 2}},
                 "operation": {"average": {}}}
                """);
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setUid(null);
        job.getMetadata().setCreationTimestamp(null);
        job.getMetadata().setGeneration(null);
        FileJobResource created = client.resource(job).create();
        FileJobStatus status = status(created, now -> now.phase() == Phase.SUSPENDED);

        assertThat(Objects.requireNonNull(status.slices()).done()).isZero();
        assertThat(client.batch().v1().jobs().inNamespace(namespace).list().getItems())
                .isEmpty();

        suspend(created, false);
        child(created, now -> !now.getSpec().getSuspend());
    }
}
