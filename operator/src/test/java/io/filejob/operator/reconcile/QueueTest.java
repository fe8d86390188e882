package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A Job is resumed by the party that has suspended it. Here the test acts as the queue; the end-to-end suites use Kueue
 * itself.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class QueueTest {
    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();

    private FileJobResource create(int workers, Map<String, String> labels, Map<String, String> annotations) {
        FileJobResource job = Jobs.job(workers, 6);
        job.getMetadata().setLabels(labels);
        job.getMetadata().setAnnotations(annotations);
        return namespace.create(job);
    }

    private void patch(Job child, String patch) {
        client.resource(child).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private void suspend(FileJobResource job, boolean suspend) {
        client.resource(job).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"suspend\": " + suspend + "}}");
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
        Job child = namespace.awaitChild(job, _ -> true);

        assertThat(child.getSpec().getSuspend()).isTrue();
        assertThat(child.getMetadata().getLabels())
                .containsEntry(Names.QUEUE, "team")
                .containsEntry("kueue.x-k8s.io/priority-class", "low")
                .doesNotContainKey("app");
        assertThat(child.getMetadata().getAnnotations()).containsEntry(Names.MIN_PARALLELISM, "2");
        namespace.awaitStatus(job, QueueTest::waits);

        client.resource(job).scale(4);
        namespace.awaitChild(
                job, now -> now.getSpec().getParallelism() == 4 && now.getSpec().getCompletions() == 4);
        client.resource(job).scale(2);
        Job narrow = namespace.awaitChild(job, now -> now.getSpec().getParallelism() == 2);
        assertThat(narrow.getMetadata().getAnnotations())
                .as("two of two are all")
                .doesNotContainKey(Names.MIN_PARALLELISM);
        assertThat(narrow.getSpec().getSuspend()).isTrue();
    }

    @Test
    void aLabelThatAdmissionHasSetCountsAndSoDoesAStrangersSuspension() {
        FileJobResource job = create(2, Map.of(), Map.of());
        Job child = namespace.awaitChild(job, now -> !now.getSpec().getSuspend());

        patch(
                child,
                "{\"metadata\": {\"labels\": {\"" + Names.QUEUE + "\": \"default\"}}, \"spec\": {\"suspend\": true}}");
        namespace.awaitStatus(job, QueueTest::waits);
        client.resource(job).scale(3);
        assertThat(namespace
                        .awaitChild(job, now -> now.getSpec().getParallelism() == 3)
                        .getSpec()
                        .getSuspend())
                .isTrue();

        patch(child, "{\"metadata\": {\"labels\": {\"" + Names.QUEUE + "\": null}}}");
        client.resource(job).scale(4);
        assertThat(namespace
                        .awaitChild(job, now -> now.getSpec().getParallelism() == 4)
                        .getSpec()
                        .getSuspend())
                .as("somebody else has suspended it")
                .isTrue();
        patch(child, "{\"spec\": {\"suspend\": false}}");
        namespace.awaitStatus(job, now -> now.phase() == Phase.PLANNED);
    }

    @Test
    void aQueuedJobIsNeverResumedByTheOperator() {
        FileJobResource job = create(1, Map.of(Names.QUEUE, "team"), Map.of());
        patch(namespace.awaitChild(job, _ -> true), "{\"spec\": {\"suspend\": false}}");
        namespace.awaitStatus(job, now -> now.phase() == Phase.PLANNED);

        suspend(job, true);
        namespace.awaitChild(job, now -> now.getSpec().getSuspend());
        suspend(job, false);

        namespace.awaitStatus(job, QueueTest::waits);
        assertThat(namespace.awaitChild(job, _ -> true).getSpec().getSuspend()).isTrue();
    }

    @Test
    void oneThatIsSuspendedFromTheStartHasNoJob() {
        FileJobResource job = Jobs.job("""
                {"workers": 1, "suspend": true, "input": {"generate": {"files": 2, "entriesPerFile": 2}},
                 "operation": {"average": {}}}
                """);
        FileJobResource created = namespace.create(job);
        FileJobStatus status = namespace.awaitStatus(created, now -> now.phase() == Phase.SUSPENDED);

        assertThat(Objects.requireNonNull(status.slices()).done()).isZero();
        assertThat(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace.name())
                        .list()
                        .getItems())
                .isEmpty();

        suspend(created, false);
        namespace.awaitChild(created, now -> !now.getSpec().getSuspend());
    }
}
