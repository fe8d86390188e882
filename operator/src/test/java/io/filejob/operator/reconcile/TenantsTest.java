package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.model.Condition;
import io.filejob.model.FileJobStatus;
import io.filejob.model.Phase;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects of one user harm neither another user's jobs nor the operator. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class TenantsTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    KubernetesClient client;

    private String namespace = "";

    @BeforeEach
    void ownNamespace() {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("tenants-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    private FileJobResource create(FileJobResource job) {
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setUid(null);
        job.getMetadata().setCreationTimestamp(null);
        job.getMetadata().setGeneration(null);
        return client.resource(job).create();
    }

    private FileJobStatus awaitStatus(FileJobResource job, Predicate<FileJobStatus> expected) {
        return await().atMost(SOON)
                .until(() -> client.resource(job).get().getStatus(), status -> status != null && expected.test(status));
    }

    private static String failure(FileJobStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals("Failed"))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }

    /** Zeros, which gzip compresses by a factor of a thousand. */
    private static String bomb(int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(zeros);
            }
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private ConfigMapBuilder ledger(FileJobResource job, String name, String content) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(Names.labels(job, ClusterNames.ROLE_LEDGER))
                .endMetadata()
                .addToBinaryData(ClusterNames.LEDGER_KEY, content);
    }

    private ConfigMapBuilder owned(FileJobResource job, ConfigMapBuilder map) {
        return map.editMetadata()
                .addNewOwnerReference()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata();
    }

    @Test
    void aConfigMapThatIsNotTheJobsIsNoLedger() throws IOException {
        FileJobResource job = create(Jobs.job(1, 6));
        awaitStatus(job, status -> status.phase() == Phase.PLANNED);
        String bomb = bomb(250);
        for (int i = 0; i < 4; i++) {
            client.resource(ledger(job, "foreign-" + i, bomb).build()).create();
        }

        client.resource(job).scale(2);

        FileJobStatus status = awaitStatus(job, now -> Objects.equals(now.observedGeneration(), 2L));
        assertThat(status.phase()).isEqualTo(Phase.PLANNED);
        assertThat(failure(status)).isEmpty();
    }

    @Test
    void aLedgerThatUnpacksToMuchFailsItsOwnJobOnly() throws IOException {
        FileJobResource job = create(Jobs.job(1, 6));
        awaitStatus(job, status -> status.phase() == Phase.PLANNED);

        client.resource(owned(job, ledger(job, Names.base(job) + "-0-bomb", bomb(250)))
                        .build())
                .create();

        assertThat(failure(awaitStatus(job, status -> status.phase() == Phase.FAILED)))
                .contains(Names.base(job) + "-0-bomb", "unpacks to more than " + LedgerConfigMap.MAX_UNPACKED);
        FileJobResource other = Jobs.job(1, 6);
        other.getMetadata().setName("other");
        awaitStatus(create(other), status -> status.phase() == Phase.PLANNED);
    }
}
