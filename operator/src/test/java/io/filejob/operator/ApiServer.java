package io.filejob.operator;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A real API server with the definition of FileJobs and without any controllers: only the tests create pods and finish
 * Jobs. {@code KUBE_API_TEST_DIR} names the folder of its binaries; otherwise they are downloaded.
 */
public final class ApiServer implements QuarkusTestResourceLifecycleManager {
    private static final Path DEFINITION = Path.of("../crds/filejobs.filejob.io-v1.yml");

    private @Nullable KubeAPIServer server;

    @Override
    public Map<String, String> start() {
        server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        Config config = Config.fromKubeconfig(server.getKubeConfigYaml());
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config).build())
                .build()) {
            client.load(Files.newInputStream(DEFINITION)).serverSideApply();
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("filejob-system")
                            .endMetadata()
                            .build())
                    .create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.kubernetes-client.api-server-url", config.getMasterUrl(),
                "quarkus.kubernetes-client.ca-cert-file", config.getCaCertFile(),
                "quarkus.kubernetes-client.client-cert-file", config.getClientCertFile(),
                "quarkus.kubernetes-client.client-key-file", config.getClientKeyFile(),
                "filejob.namespace", "filejob-system",
                "filejob.runner.image", "localhost/filejob-runner:test");
    }

    @Override
    public void stop() {
        Objects.requireNonNull(server).stop();
    }
}
