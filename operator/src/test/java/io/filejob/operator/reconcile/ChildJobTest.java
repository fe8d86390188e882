package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The operator's reaction to a Job that is rejected, deleted, cannot continue, or does not end. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class ChildJobTest {
    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();

    @Test
    void aRefusedJobIsToldInTheApiServersWordsUntilItIsAdmitted() {
        Refusal refusal = Refusal.ofJobs(client, namespace.name());
        FileJobResource job = namespace.create(Jobs.job(1, 2));

        assertThat(namespace.awaitReason(job, "Running", "JobRefused").message())
                .startsWith("cannot write the Job: ")
                .contains("no Jobs here");
        TestNamespace.soon("an event")
                .until(() -> client.v1().events().inNamespace(namespace.name()).list().getItems().stream()
                        .filter(event -> "JobRefused".equals(event.getReason()))
                        .map(Event::getType)
                        .anyMatch("Warning"::equals));

        refusal.lift();
        namespace.awaitChild(job, _ -> true);
        namespace.awaitReason(job, "Running", "WaitingForPods");
    }

    @Test
    void aQuotaOnConfigMapsIsTold() {
        Map<String, Quantity> none = Map.of("configmaps", new Quantity("0"));
        var quota = client.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .withNewSpec()
                        .withHard(none)
                        .endSpec()
                        .build())
                .create();
        quota.setStatus(new ResourceQuotaStatus(none, none));
        client.resource(quota).updateStatus();
        FileJobResource job = namespace.create(Jobs.job(1, 2));

        assertThat(namespace.awaitReason(job, "Running", "QuotaExceeded").message())
                .startsWith("the namespace's quota does not allow the ConfigMap: ")
                .contains("exceeded quota: none");
    }

    @Test
    void aJobThatIsTakenAwayIsMadeAgainAndCounted() {
        FileJobResource job = namespace.create(Jobs.job(1, 2));
        Job first = namespace.awaitChild(job, _ -> true);
        awaitAnnotation(job, "filejob.io/child-job", first.getMetadata().getUid());

        client.resource(first).delete();

        namespace.awaitChild(job, child -> !child.getMetadata()
                .getUid()
                .equals(first.getMetadata().getUid()));
        assertThat(namespace.awaitReason(job, "Running", "JobReplaced").message())
                .isEqualTo("the Job was replaced (1 of at most 3 times): it was deleted");
    }

    private void awaitAnnotation(FileJobResource job, String name, String value) {
        TestNamespace.soon(name)
                .until(() -> value.equals(client.configMaps()
                        .inNamespace(namespace.name())
                        .withName(Names.base(job))
                        .get()
                        .getMetadata()
                        .getAnnotations()
                        .get(name)));
    }

    /** As if a ledger had been deleted, or a late copy of a slice had made later results unusable. */
    @Test
    void aJobThatSucceededThoughSlicesAreMissingIsReplacedAndTheyAreDoneAgain() throws Exception {
        PodProcess.admit(client, namespace.name());
        FileJobResource job = namespace.create(Jobs.job(1, 2));
        Job first = namespace.awaitChild(job, _ -> true);
        awaitAnnotation(job, "filejob.io/child-job", first.getMetadata().getUid());
        first.setStatus(new JobStatusBuilder()
                .withStartTime("2026-01-01T00:00:00Z")
                .addNewCondition()
                .withType("SuccessCriteriaMet")
                .withStatus("True")
                .withReason("SuccessPolicy")
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .endCondition()
                .build());
        client.resource(first).updateStatus();

        namespace.awaitChild(job, child -> !child.getMetadata()
                .getUid()
                .equals(first.getMetadata().getUid()));
        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();

        namespace.awaitJob(job, now -> now.getStatus().phase() == Phase.COMPLETE);
    }

    /** Kubernetes starts no other pod while the lost one may still be running. */
    @Test
    void aJobWhoseOnlyPodIsOnALostNodeIsReplaced() {
        PodProcess.admit(client, namespace.name());
        FileJobResource job = namespace.create(Jobs.job(1, 2));
        Job first = namespace.awaitChild(job, _ -> true);
        var pod = client.resource(namespace
                        .pod(first)
                        .editSpec()
                        .withNodeName("lost")
                        .withTerminationGracePeriodSeconds(1L)
                        .endSpec()
                        .build())
                .create();

        client.resource(pod).delete();

        namespace.awaitChild(job, child -> !child.getMetadata()
                .getUid()
                .equals(first.getMetadata().getUid()));
        assertThat(namespace.awaitReason(job, "Running", "JobReplaced").message())
                .contains("nodes that do not respond");
        assertThat(client.resource(pod).get()).as("it may still be running").isNotNull();
    }

    /** The Job does not finish here: its pods have a sidecar or hang. */
    @Test
    void afterTheResultTheJobIsEndedAndTheFileJobGoesInTime() throws Exception {
        PodProcess.admit(client, namespace.name());
        FileJobResource job = namespace.create(Jobs.job("""
                {"workers": 1, "ttlSecondsAfterFinished": 15, "input": {"generate": {"files": 2, "entriesPerFile": 2}},
                 "operation": {"average": {}}}
                """));
        Job child = namespace.awaitChild(job, _ -> true);
        child.setStatus(new JobStatusBuilder()
                .withActive(1)
                .withReady(1)
                .withStartTime("2026-01-01T00:00:00Z")
                .build());
        client.resource(child).updateStatus();

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();

        namespace.awaitJob(job, now -> now.getStatus().phase() == Phase.COMPLETE);
        namespace.awaitChild(job, now -> Boolean.TRUE.equals(now.getSpec().getSuspend()));
        TestNamespace.soon("no FileJob")
                .until(() -> Objects.isNull(client.resource(job).get()));
    }
}
