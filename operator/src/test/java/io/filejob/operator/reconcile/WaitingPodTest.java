package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.kubernetes.ApiAccess;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.ledger.Ledger;
import io.filejob.operation.Planner;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.plan.Plan;
import io.filejob.status.Phase;
import io.filejob.storage.configmap.ConfigMapStore;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.time.Waits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The status of a FileJob shows the reason for which a worker waits, as the worker has written it with its own
 * permissions, until the wait is over or the pod has ended.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class WaitingPodTest {
    private static final String REASON = "waiting for input /data/prices.csv";

    @Inject
    KubernetesClient client;

    @TempDir
    private Path folder;

    private final TestNamespace namespace = new TestNamespace();

    @BeforeEach
    void admitWorkers() {
        PodProcess.admit(client, namespace.name());
    }

    @AfterEach
    void wakeUp() {
        Waits.end(this);
    }

    private Pod running(FileJobResource job) {
        Pod pod = client.resource(
                        namespace.pod(namespace.awaitChild(job, _ -> true)).build())
                .create();
        return in(pod, "Running");
    }

    private Pod in(Pod pod, String phase) {
        pod.setStatus(new PodStatusBuilder().withPhase(phase).build());
        return client.resource(pod).updateStatus();
    }

    private ConfigMaps configMaps() throws IOException {
        return new ConfigMaps(
                new io.filejob.kubernetes.ApiServer(
                        ApiAccess.ofPod(PodProcess.environment(client, namespace.name(), folder))),
                namespace.name());
    }

    private void awaitShown(FileJobResource job, boolean isShown) {
        namespace.awaitStatus(
                job, status -> status.message() != null && status.message().contains(REASON) == isShown);
    }

    @Test
    void theWaitOfAWorkerWithoutAPlanIsShownUntilItIsOver() throws IOException {
        FileJobResource job = namespace.create(Jobs.job("""
                {"workers": 1, "input": {"files": ["/data/*.csv"]},
                 "operation": {"average": {"column": "price"}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "/data"}]}
                """));
        String attempt = running(job).getMetadata().getUid();
        ConfigMaps configMaps = configMaps();
        JobConfigMap ofJob = JobConfigMap.read(configMaps, Names.base(job));

        ConfigMapStore.writeWaits(configMaps, ofJob, 0, attempt, REASON);
        awaitShown(job, true);

        ConfigMapStore.writeWaits(configMaps, ofJob, 0, attempt, "");
        awaitShown(job, false);
        assertThat(namespace.awaitStatus(job, _ -> true).phase()).isEqualTo(Phase.PENDING);
    }

    @Test
    void theWaitInALedgerIsShownUntilItIsOverOrThePodHasEnded() throws IOException {
        FileJobResource job = namespace.create(Jobs.job(1, 6));
        Pod pod = running(job);
        ConfigMaps configMaps = configMaps();
        Plan plan = Planner.plan(job.getSpec(), List.of());
        ConfigMapStore store = new ConfigMapStore(
                configMaps, JobConfigMap.read(configMaps, Names.base(job)), plan.fingerprint(), Clock.systemUTC());
        Ledger ledger =
                new Ledger(plan.fingerprint().combined(), 0, pod.getMetadata().getUid(), List.of());

        Waits.begin(this, REASON);
        store.write(ledger);
        awaitShown(job, true);

        Waits.end(this);
        store.write(ledger);
        awaitShown(job, false);

        Waits.begin(this, REASON);
        store.write(ledger);
        awaitShown(job, true);

        in(pod, "Failed");
        awaitShown(job, false);
    }
}
