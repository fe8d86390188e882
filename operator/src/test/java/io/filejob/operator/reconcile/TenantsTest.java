package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Objects of one user harm neither another user's jobs nor the operator. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class TenantsTest {
    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();

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

    @Test
    void aConfigMapThatIsNotTheJobsIsNoLedger() throws IOException {
        FileJobResource job = namespace.create(Jobs.job(1, 6));
        namespace.awaitStatus(job, status -> status.phase() == Phase.PLANNED);
        String bomb = bomb(250);
        for (int i = 0; i < 4; i++) {
            client.resource(namespace
                            .labelled(job, "foreign-" + i, ClusterNames.ROLE_LEDGER)
                            .addToBinaryData(ClusterNames.LEDGER_KEY, bomb)
                            .build())
                    .create();
        }

        client.resource(job).scale(2);

        FileJobStatus status = namespace.awaitStatus(job, now -> Objects.equals(now.observedGeneration(), 2L));
        assertThat(status.phase()).isEqualTo(Phase.PLANNED);
        assertThat(TestNamespace.condition(status, "Failed").message()).isEmpty();
    }

    @Test
    void aLedgerThatUnpacksToMuchFailsItsOwnJobOnly() throws IOException {
        FileJobResource job = namespace.create(Jobs.job(1, 6));
        namespace.awaitStatus(job, status -> status.phase() == Phase.PLANNED);

        client.resource(namespace
                        .owned(job, Names.base(job) + "-0-bomb", ClusterNames.ROLE_LEDGER)
                        .addToBinaryData(ClusterNames.LEDGER_KEY, bomb(250))
                        .build())
                .create();

        FileJobStatus failed = namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED);
        assertThat(TestNamespace.condition(failed, "Failed").message())
                .contains(Names.base(job) + "-0-bomb", "unpacks to more than " + LedgerConfigMap.MAX_UNPACKED);
        FileJobResource other = Jobs.job(1, 6);
        other.getMetadata().setName("other");
        namespace.awaitStatus(namespace.create(other), status -> status.phase() == Phase.PLANNED);
    }
}
