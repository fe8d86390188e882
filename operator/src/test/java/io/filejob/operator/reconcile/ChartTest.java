package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.BareApiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server accepts the rendered chart. */
final class ChartTest {
    @RegisterExtension
    static final BareApiServer SERVER = new BareApiServer();

    private final KubernetesClient client = SERVER.client();

    @ParameterizedTest
    @ValueSource(strings = {"default", "everything", "namespaces", "pinned"})
    void everyObjectIsValid(String values) throws IOException {
        String rendered = Arrays.stream(Files.readString(Path.of("../helm/golden/" + values + ".yaml"))
                        .split("(?m)^---\n", -1))
                .filter(each ->
                        !each.contains("apiVersion: monitoring.coreos.com/") && !each.contains("helm.sh/hook: test"))
                .collect(Collectors.joining("---\n"));
        var objects = client.load(new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)))
                .items();
        Set<String> namespaces = objects.stream()
                .map(each -> each.getMetadata().getNamespace())
                .filter(namespace -> namespace != null)
                .collect(Collectors.toSet());
        for (String namespace : namespaces) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        for (HasMetadata each : objects) {
            assertThatCode(() -> client.resource(each).dryRun().serverSideApply())
                    .as(each.getKind() + " " + each.getMetadata().getName())
                    .doesNotThrowAnyException();
        }
    }
}
