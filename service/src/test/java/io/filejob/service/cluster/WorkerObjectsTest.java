package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.RowCounts;
import io.filejob.testing.kubernetes.RealApiServer;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Progress, logs and plans of workers, from objects in a real API server that tests create in the workers' place. */
final class WorkerObjectsTest {
    private static final String LEDGER = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: ledger-ATTEMPT
              namespace: NS
              labels: {filejob.io/job-uid: UID, filejob.io/role: ledger}
              annotations: {filejob.io/worker: "1", filejob.io/attempt: ATTEMPT, filejob.io/done: "0-2"}
              ownerReferences: [{apiVersion: filejob.io/v1alpha1, kind: FileJob, name: x, uid: OWNER}]
            binaryData: {ledger: CONTENT}
            """;

    @Test
    void progressIsThatOfLedgersWhichTheJobOwns() {
        String namespace = ClusterUser.newNamespace();
        ClusterUser ann = ClusterUser.editor(namespace, "ann");
        try (ClusterFixture cluster = new ClusterFixture()) {
            Jobs jobs = cluster.jobs(ann);
            FileJob job = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
            JobName name = new JobName(namespace, job.name());
            String uid = job.metadata().path("uid").asText();
            assertThat(jobs.workers(name)).isEmpty();

            create(namespace, uid, uid, "0123456789abcdef");
            create(namespace, uid, "00000000-0000-0000-0000-000000000000", "fedcba9876543210");
            WorkerProgress expected = new WorkerProgress(1, "0123456789abcdef", "0-2", 3, 6, 30, null, null);
            assertThat(jobs.workers(name)).containsExactly(expected);
            assertThat(cluster.jobs(ClusterUser.viewer(namespace, "bob"))
                            .get(name)
                            .name())
                    .isEqualTo(job.name());
            assertThatThrownBy(() ->
                            cluster.jobs(ClusterUser.viewer(namespace, "bob")).workers(name))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.FORBIDDEN));
            assertThatThrownBy(() -> jobs.log(name, 1, 10))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
            assertThat(jobs.plan(name).slicing())
                    .isInstanceOfSatisfying(GeneratedSlicing.class, generated -> assertThat(generated.inputs())
                            .isEqualTo(4));
        }
    }

    private static void create(String namespace, String uid, String owner, String attempt) {
        List<SliceResult> results = IntStream.range(0, 3)
                .mapToObj(slice -> SliceResult.builder(slice, slice, slice + 1, new AveragePartial("0", 2))
                        .rows(new RowCounts(2, 2, 0))
                        .bytes(10)
                        .build())
                .toList();
        byte[] packed = LedgerConfigMap.encode(new Ledger("fingerprint", 1, attempt, results));
        RealApiServer.get()
                .apply(LEDGER.replace("ATTEMPT", attempt)
                        .replace("NS", namespace)
                        .replace("UID", uid)
                        .replace("OWNER", owner)
                        .replace("CONTENT", Base64.getEncoder().encodeToString(packed)));
    }
}
