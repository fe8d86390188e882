package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.filejob.cluster.ClusterNames;
import io.filejob.operator.ApiMeters;
import io.filejob.operator.BareApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.Names;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Informers hold only the metadata of ConfigMaps of any size, both listed and watched. */
final class WatchClientTest {
    @RegisterExtension
    static final BareApiServer SERVER = new BareApiServer();

    private static final Duration SOON = Duration.ofMinutes(2);

    private final KubernetesClient client = SERVER.client();

    private void create(String name) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .withLabels(Names.labels(Jobs.job(1, 1), ClusterNames.ROLE_LEDGER))
                        .addToLabels("app", "x")
                        .endMetadata()
                        .addToBinaryData(ClusterNames.LEDGER_KEY, "AAAA")
                        .addToData("more", "x".repeat(100_000))
                        .build())
                .create();
    }

    private static List<String> names(SharedIndexInformer<ConfigMap> informer) {
        return informer.getStore().list().stream()
                .map(map -> map.getMetadata().getName())
                .toList();
    }

    @Test
    void informersStartWithoutAnyObject() {
        WatchClient watches = new WatchClient(client, new ApiMeters(new CollectorRegistry()));
        try (SharedIndexInformer<ConfigMap> informer = watches.get()
                .configMaps()
                .inNamespace("default")
                .withLabel(ClusterNames.JOB_UID, "none")
                .inform()) {
            await().atMost(SOON).until(informer::hasSynced);
            assertThat(names(informer)).isEmpty();
        } finally {
            watches.close();
        }
    }

    @Test
    void informersHoldMetadataOnly() {
        WatchClient watches = new WatchClient(client, new ApiMeters(new CollectorRegistry()));
        create("before");
        try (SharedIndexInformer<ConfigMap> informer = watches.get()
                .configMaps()
                .inNamespace("default")
                .withLabel(ClusterNames.JOB_UID)
                .inform()) {
            create("after");
            await().atMost(SOON).until(() -> names(informer).contains("after"));

            assertThat(names(informer)).containsExactlyInAnyOrder("before", "after");
            assertThat(informer.getStore().list()).allSatisfy(map -> {
                assertThat(map.getBinaryData()).isNullOrEmpty();
                assertThat(map.getData()).isNullOrEmpty();
                assertThat(map.getMetadata().getUid()).isNotEmpty();
                // Requests for it address ConfigMaps.
                assertThat(client.resource(map).get()).isNotNull();
                assertThat(map.getMetadata().getLabels())
                        .containsEntry(ClusterNames.ROLE, ClusterNames.ROLE_LEDGER)
                        .doesNotContainKey("app");
            });
            client.configMaps().inNamespace("default").withName("before").delete();
            await().atMost(SOON).until(() -> !names(informer).contains("before"));
        } finally {
            watches.close();
        }
    }
}
