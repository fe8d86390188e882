package io.filejob.operator.reconcile;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The objects of the chart besides the operator, from the golden files that {@code scripts/check-chart} checks. */
final class Chart {
    private static final Path RENDERED = Path.of("../helm/golden/default.yaml");

    private Chart() {}

    /** Creates the admission policies, which are in force in {@code namespace} when this returns. */
    static void admissionPolicies(KubernetesClient client, String namespace) throws IOException {
        String policies = Arrays.stream(Files.readString(RENDERED).split("(?m)^---\n", -1))
                .filter(each -> each.contains("kind: ValidatingAdmissionPolicy"))
                .collect(Collectors.joining("---\n"));
        for (HasMetadata each : client.load(new ByteArrayInputStream(policies.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(each).serverSideApply();
        }
        try (KubernetesClient worker = worker(client, namespace, null)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> isRefused(worker, namespace));
        }
    }

    private static boolean isRefused(KubernetesClient worker, String namespace) {
        try {
            worker.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("probe")
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains("filejob.io/role");
        }
    }

    /**
     * Returns a client with the permissions of a worker in {@code namespace}; its token is bound to {@code pod} if that
     * is given.
     */
    static KubernetesClient worker(
            KubernetesClient client, String namespace, @org.jspecify.annotations.Nullable String pod) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername("system:serviceaccount:" + namespace + ":filejob-worker")
                .withImpersonateExtras(
                        pod == null ? Map.of() : Map.of("authentication.kubernetes.io%2fpod-name", List.of(pod)))
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
