package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The leftovers of a deleted or failed FileJob are removed, and no deletion waits for that. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class LeftoversTest {
    private static final String INGEST = """
            {"workers": 1, "input": {"files": ["/data/a.csv"]},
             "operation": {"ingest": {"database": {"secret": {"name": "db"}}, "table": "t", "keys": ["sku"]}},
             "volumes": [{"name": "data", "claimName": "c", "mountPath": "/data"}]}
            """;

    @Inject
    KubernetesClient client;

    @Inject
    LeftoversSweep sweep;

    private final TestNamespace namespace = new TestNamespace();

    private @Nullable ConfigMap mark(FileJobResource job) {
        return client.configMaps()
                .inNamespace(namespace.name())
                .withName(Names.base(job) + "-leftovers")
                .get();
    }

    private @Nullable Job cleaning(FileJobResource job) {
        sweep.run();
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace.name())
                .withName(Names.base(job) + "-leftovers")
                .get();
    }

    private Job deletedAndBeingCleaned(FileJobResource job) {
        namespace.awaitChild(job, _ -> true);
        assertThat(mark(job)).isNotNull();
        assertThat(cleaning(job)).as("it is running").isNull();
        client.resource(job).delete();
        return TestNamespace.soon("a cleaning Job").until(() -> cleaning(job), Objects::nonNull);
    }

    private void finish(Job cleaning, String condition, String reason) {
        JobStatusBuilder status = new JobStatusBuilder()
                .withStartTime("2026-01-01T00:00:00Z")
                .addNewCondition()
                .withType(condition.equals("Complete") ? "SuccessCriteriaMet" : "FailureTarget")
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .withReason(reason)
                .endCondition();
        if (condition.equals("Complete")) {
            status.withCompletionTime("2026-01-01T00:00:01Z").withSucceeded(1);
        }
        cleaning.setStatus(status.build());
        client.resource(cleaning).updateStatus();
    }

    @Test
    void aDeletedJobIsCleanedUpAfterWithItsSecretsAndVolumes() {
        FileJobResource job = namespace.create(Jobs.job(INGEST));
        assertThat(job.getMetadata().getFinalizers()).isEmpty();

        Job cleaning = deletedAndBeingCleaned(job);

        var pod = cleaning.getSpec().getTemplate();
        assertThat(pod.getSpec().getContainers().getFirst().getArgs())
                .containsExactly("cleanup", "--config-map", Names.base(job) + "-leftovers");
        assertThat(pod.getSpec().getVolumes())
                .anySatisfy(volume -> assertThat(volume.getSecret()).isNotNull())
                .anySatisfy(
                        volume -> assertThat(volume.getPersistentVolumeClaim()).isNotNull());
        assertThat(pod.getMetadata().getLabels()).containsEntry("filejob.io/role", "cleanup");
        assertThat(cleaning.getMetadata().getOwnerReferences().getFirst().getUid())
                .isEqualTo(Objects.requireNonNull(mark(job)).getMetadata().getUid());
        finish(cleaning, "Complete", "CompletionsReached");
        sweep.run();
        assertThat(mark(job)).isNull();
    }

    /** The database may have been deleted, too. */
    @Test
    void whatCannotBeCleanedUpIsToldAndLetGo() {
        FileJobResource job = namespace.create(Jobs.job(INGEST));
        Job cleaning = deletedAndBeingCleaned(job);

        finish(cleaning, "Failed", "DeadlineExceeded");
        sweep.run();

        assertThat(mark(job)).isNull();
        assertThat(client.v1().events().inNamespace(namespace.name()).list().getItems())
                .filteredOn(event -> "LeftoversNotRemoved".equals(event.getReason()))
                .extracting(Event::getMessage)
                .singleElement()
                .asString()
                .contains("filejob cleanup");
    }

    @Test
    void aJobThatKeepsNothingElsewhereNeedsNoCleaning() {
        FileJobResource job = namespace.create(Jobs.job(1, 2));
        namespace.awaitChild(job, _ -> true);

        assertThat(mark(job)).isNull();
    }
}
