package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.operator.BareApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real API server enforces the chart's policy for ConfigMaps that workers write. */
final class WorkerPolicyTest {
    @RegisterExtension
    static final BareApiServer SERVER = new BareApiServer();

    private final KubernetesClient client = SERVER.client();

    private String namespace = "";
    private FileJobResource job = Jobs.job(1, 1);
    private KubernetesClient worker = new KubernetesClientBuilder().build();

    @BeforeEach
    void worker() throws IOException {
        namespace = TestNamespace.create(client);
        PodProcess.admit(client, namespace);
        Chart.admissionPolicies(client, namespace);
        job = Jobs.job(1, 1);
        job.getMetadata().setNamespace(namespace);
        worker = Chart.worker(client, namespace, Names.base(job) + "-0-x7k2p");
    }

    @AfterEach
    void close() {
        worker.close();
    }

    private ConfigMapBuilder kept(String name, String role) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(Names.labels(job, role))
                .addNewOwnerReference()
                .withApiVersion(FileJob.API_VERSION)
                .withKind(FileJob.KIND)
                .withName("prices")
                .withUid(Jobs.UID)
                .endOwnerReference()
                .endMetadata()
                .addToBinaryData("ledger", "AAAA");
    }

    private ConfigMapBuilder ledger(String name) {
        return kept(name, ClusterNames.ROLE_LEDGER);
    }

    private ConfigMapBuilder result(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(Map.of(ClusterNames.RESULT_OF, Jobs.UID))
                .endMetadata()
                .addToData("result.csv", "1\n");
    }

    private void refuses(ConfigMapBuilder map, String words) {
        assertThatThrownBy(() -> worker.resource(map.build()).create()).hasMessageContaining(words);
    }

    @Test
    void ledgersThePlanProfilesAndResultsMayBeWritten() {
        ConfigMap ledger = ledger(Names.base(job) + "-0-0123abcd").build();
        worker.resource(ledger).create();
        worker.resource(ledger).update();
        worker.resource(kept(ClusterNames.plan(Names.base(job)), ClusterNames.ROLE_PLAN)
                        .build())
                .create();
        ConfigMap profile = kept(
                        ClusterNames.profile(Names.base(job), 3, "0123abcd-89ab-4cde-8000-000000000000"),
                        ClusterNames.ROLE_PROFILE)
                .build();
        worker.resource(profile).create();
        worker.resource(profile).update();
        worker.resource(result("totals.of-all").build()).create();

        assertThatCode(() -> worker.resource(result("totals.of-all")
                                .addToData("result.csv", "2\n")
                                .build())
                        .update())
                .doesNotThrowAnyException();
    }

    @Test
    void othersConfigMapsAreNotReplaced() {
        ConfigMap settings = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace(namespace)
                .endMetadata()
                .addToData("mine", "1")
                .build();
        client.resource(settings).create();

        assertThatThrownBy(() -> worker.resource(settings).update()).hasMessageContaining("filejob.io/role");
        assertThatThrownBy(() -> worker.resource(result("settings").build()).update())
                .hasMessageContaining("results of FileJobs only");
        assertThatThrownBy(() -> worker.resource(ledger("settings").build()).update())
                .hasMessageContaining("is called");
        assertThat(client.resource(settings).get().getData()).containsEntry("mine", "1");
    }

    @Test
    void theJobsOwnConfigMapIsTheOperators() {
        client.resource(kept(Names.base(job), ClusterNames.ROLE_JOB).build()).create();

        refuses(kept(Names.base(job) + "-x", ClusterNames.ROLE_JOB), "filejob.io/role");
        assertThatThrownBy(
                        () -> worker.resource(ledger(Names.base(job)).build()).update())
                .hasMessageContaining("is called");
    }

    @Test
    void namesLabelsAndOwnersMustBeThoseOfOneJob() {
        String name = Names.base(job) + "-0-0123abcd";
        refuses(ledger("prices-99999999-0-0123abcd"), "is called");
        refuses(
                ledger(name)
                        .editMetadata()
                        .addToLabels("filejob.io/job-uid", "")
                        .endMetadata(),
                "is called");
        refuses(ledger(name).editMetadata().withOwnerReferences().endMetadata(), "is owned by the FileJob");
        refuses(
                ledger(name)
                        .editMetadata()
                        .editFirstOwnerReference()
                        .withUid("other")
                        .endOwnerReference()
                        .endMetadata(),
                "is owned by the FileJob");
        refuses(
                ledger(name)
                        .editMetadata()
                        .addToLabels(ClusterNames.RESULT_OF, Jobs.UID)
                        .endMetadata(),
                "filejob.io/role");
        refuses(result("totals").addToData("ca.crt", "x"), "the key result.csv");
        refuses(result("totals").withData(Map.of()).addToBinaryData("result.csv", "AAAA"), "the key result.csv");
    }

    @Test
    void theLedgersOfAnotherJobAreNotItsOwn() {
        FileJobResource other = Jobs.job(1, 1);
        other.getMetadata().setName("prices-of-others");
        try (KubernetesClient stranger = Chart.worker(client, namespace, Names.base(other) + "-0-x7k2p")) {
            assertThatThrownBy(() -> stranger.resource(
                                    ledger(Names.base(job) + "-0-0123abcd").build())
                            .create())
                    .hasMessageContaining("its own FileJob only");
        }
        FileJobResource prefixed = Jobs.job(1, 1);
        prefixed.getMetadata().setName(Names.base(job) + "-0");
        try (KubernetesClient stranger = Chart.worker(client, namespace, Names.base(prefixed) + "-0-x7k2p")) {
            assertThatThrownBy(() -> stranger.resource(
                                    ledger(Names.base(job) + "-0-0123abcd").build())
                            .create())
                    .hasMessageContaining("its own FileJob only");
        }
    }
}
