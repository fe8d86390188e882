package io.filejob.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.filejob.api.FileJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real API server with the definition of FileJobs, for the tests of a class. {@code KUBE_API_TEST_DIR} names the
 * folder of its binaries; otherwise they are downloaded.
 */
final class Cluster implements BeforeAllCallback, AfterAllCallback {
    private static final String FILEJOBS = "/apis/filejob.io/v1alpha1/namespaces/default/filejobs";
    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable KubeAPIServer server;
    private @Nullable KubernetesClient client;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        KubernetesClient connected = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
        client = connected;
        try (var definition = Files.newInputStream(DefinitionTest.FILE)) {
            connected.load(definition).create();
        }
        Awaitility.await("the definition")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> connected.raw(FILEJOBS) != null);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    /**
     * Returns a new FileJob after admission, without storing it. Throws {@link KubernetesClientException} if it is
     * rejected.
     */
    JsonNode tryOut(JsonNode job) throws IOException {
        return JSON.readTree(client().raw(FILEJOBS + "?dryRun=All&fieldValidation=Strict", "POST", job.toString()));
    }

    /** Creates a FileJob, replacing one of the same name. */
    Resource<FileJobResource> create(JsonNode job) {
        Resource<FileJobResource> resource = client().resources(FileJobResource.class)
                .inNamespace("default")
                .withName(job.at("/metadata/name").asText());
        resource.delete();
        client().raw(FILEJOBS + "?fieldValidation=Strict", "POST", job.toString());
        return resource;
    }

    /** Returns a FileJob with this spec, given as JSON. */
    static JsonNode fileJob(String name, String spec) throws IOException {
        ObjectNode job =
                JSON.createObjectNode().put("apiVersion", FileJob.API_VERSION).put("kind", FileJob.KIND);
        job.putObject("metadata").put("name", name);
        return job.set("spec", JSON.readTree(spec));
    }

    /** Returns the table that {@code kubectl get filejob NAME} prints. */
    JsonNode table(String name) throws Exception {
        var http = client().getHttpClient();
        HttpResponse<String> answer = http.sendAsync(
                        http.newHttpRequestBuilder()
                                .uri(URI.create(client().getMasterUrl() + FILEJOBS.substring(1) + "/" + name))
                                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                .build(),
                        String.class)
                .get();
        return JSON.readTree(answer.body());
    }

    /**
     * Returns whether it was rejected with this field and message of a rule, at which the API server's message ends.
     */
    static boolean says(KubernetesClientException refusal, String problem) {
        return causes(refusal).stream().anyMatch(cause -> isAbout(cause, problem));
    }

    /** Returns the causes of a rejection other than these problems. */
    static List<String> othersThan(KubernetesClientException refusal, List<String> problems) {
        return causes(refusal).stream()
                .filter(cause -> problems.stream().noneMatch(problem -> isAbout(cause, problem)))
                .map(cause -> cause.getField() + ": " + cause.getMessage())
                .toList();
    }

    private static List<StatusCause> causes(KubernetesClientException refusal) {
        StatusDetails details = refusal.getStatus().getDetails();
        return details == null ? List.of() : details.getCauses();
    }

    private static boolean isAbout(StatusCause cause, String problem) {
        return problem.startsWith(cause.getField() + ": ")
                && cause.getMessage()
                        .endsWith(problem.substring(cause.getField().length() + 1));
    }

    private KubernetesClient client() {
        return Objects.requireNonNull(client);
    }
}
