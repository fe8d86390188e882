package io.filejob.operator.load;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.RowCounts;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A ledger near its maximum size, for FileJobs with the same plan.
 *
 * @param bytes the size of its content
 * @param content the content in base64
 */
public record FullLedger(int bytes, String content) {
    /** The number of its slices, chosen so that random sums come close to the limit of a ledger. */
    public static final int SLICES = 9_500;

    /** Returns a ledger for the plan of {@code job}, which the operator is about to store. */
    public static FullLedger of(KubernetesClient client, FileJobResource job) {
        ConfigMap map = await("a plan")
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> client.configMaps()
                                .inNamespace(job.getMetadata().getNamespace())
                                .withName(Names.base(job))
                                .get(),
                        each -> each != null);
        Random random = new Random(7);
        List<SliceResult> results = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            results.add(SliceResult.builder(
                            slice, slice, slice + 1, new AveragePartial(new BigInteger(300, random).toString(), 2))
                    .rows(new RowCounts(2, 2, 0))
                    .build());
        }
        String fingerprint =
                Objects.requireNonNull(map.getMetadata().getAnnotations().get(ClusterNames.FINGERPRINT));
        byte[] packed = LedgerConfigMap.encode(new Ledger(fingerprint, 0, "load", results));
        return new FullLedger(packed.length, Base64.getEncoder().encodeToString(packed));
    }

    /** Returns the ledger as a worker of {@code job} stores it. */
    public ConfigMap of(FileJobResource job) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(ClusterNames.ledger(Names.base(job), 0, "load"))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(Names.labels(job, ClusterNames.ROLE_LEDGER))
                .addNewOwnerReference()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .addToBinaryData(ClusterNames.LEDGER_KEY, content)
                .build();
    }
}
