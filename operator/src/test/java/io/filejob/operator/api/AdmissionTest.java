package io.filejob.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API server rejects the same manifests as {@code filejob validate}, with the same message for the same field,
 * according to the table of manifests that both share. {@code # admission:} in a manifest marks a message of the API
 * server's own: for types, ranges, patterns and unknown fields. Unknown fields are reported alone, because the test
 * requests strict validation, which is the default of {@code kubectl}; without it, the API server drops them silently.
 * {@code # not for admission:} explains why a case cannot occur there.
 */
final class AdmissionTest {
    private static final String REFUSED = "# refused: ";
    private static final String ADMISSION = "# admission: ";
    private static final String NOT_FOR_ADMISSION = "# not for admission: ";
    private static final Path MANIFESTS = Path.of("../core/src/test/resources/manifests");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    static Stream<Path> refused() throws IOException {
        return manifests(MANIFESTS.resolve("refused"));
    }

    static Stream<Path> accepted() throws IOException {
        return Stream.concat(manifests(MANIFESTS.resolve("accepted")), manifests(Path.of("../k8s-examples")));
    }

    private static Stream<Path> manifests(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> lines(file, NOT_FOR_ADMISSION).isEmpty())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource
    void refused(Path manifest) throws IOException {
        List<String> own = lines(manifest, ADMISSION);
        assertThatThrownBy(() -> CLUSTER.tryOut(json(manifest)))
                .isInstanceOfSatisfying(KubernetesClientException.class, refusal -> {
                    if (own.isEmpty()) {
                        assertThat(lines(manifest, REFUSED))
                                .as(refusal.getMessage())
                                .allMatch(problem -> Cluster.says(refusal, problem));
                        assertThat(Cluster.othersThan(refusal, lines(manifest, REFUSED)))
                                .as("problems that only the API server reports")
                                .isEmpty();
                    } else {
                        assertThat(refusal).hasMessageContainingAll(own.toArray(String[]::new));
                    }
                });
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Path manifest) throws IOException {
        assertThat(CLUSTER.tryOut(json(manifest)).at("/metadata/uid").asText()).isNotEmpty();
    }

    private static JsonNode json(Path manifest) throws IOException {
        return YAML.readTree(manifest.toFile());
    }

    private static List<String> lines(Path manifest, String header) {
        try (Stream<String> lines = Files.lines(manifest)) {
            return lines.filter(line -> line.startsWith(header))
                    .map(line -> line.substring(header.length()))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
