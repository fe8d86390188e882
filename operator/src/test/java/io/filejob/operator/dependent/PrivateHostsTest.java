package io.filejob.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.filejob.operator.Jobs;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods learn of private hosts exactly if the chart and the FileJob both allow some. */
final class PrivateHostsTest {
    /** The variable that {@code HostGuard} reads in a pod. */
    private static final String VARIABLE = "FILEJOB_ALLOW_PRIVATE";

    /** The settings of an operator with this variable in its Deployment, as the chart writes it. */
    private static OperatorSettings settings(String chart) {
        return settings(chart.isEmpty() ? Map.of() : Map.of("FILEJOB_WORKER_ALLOW_PRIVATE", chart));
    }

    private static OperatorSettings settings(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("FILEJOB_RUNNER_IMAGE", "localhost/runner");
        return new SmallRyeConfigBuilder()
                .withMapping(OperatorSettings.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(OperatorSettings.class);
    }

    private static FileJobResource job(String network) {
        return Jobs.job("""
                {"workers": 1, "input": {"files": ["http://files.internal/a.csv"]}, "operation": {"average": {}} %s}
                """.formatted(network));
    }

    private static List<String> granted(PodTemplateSpec pod) {
        return variable(pod, VARIABLE);
    }

    private static List<String> variable(PodTemplateSpec pod, String name) {
        return pod.getSpec().getContainers().getFirst().getEnv().stream()
                .filter(each -> each.getName().equals(name))
                .map(EnvVar::getValue)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", emptyValue = "", textBlock = """
            files.internal            | , "network": {"allowPrivate": ["files.internal"]}           | files.internal
            files.internal,*.internal | , "network": {"allowPrivate": ["10.0.0.1"]}                 | files.internal,*.internal
            files.internal            | ``                                                          | -
            files.internal            | , "network": {}                                             | -
            files.internal            | , "network": {"allowHosts": ["files.internal"]}             | -
            files.internal            | , "network": {"allowPrivate": []}                           | -
            ``                        | , "network": {"allowPrivate": ["files.internal"]}           | -
            ``                        | ``                                                          | -
            """)
    void bothMustAllowIt(String chart, String network, @org.jspecify.annotations.Nullable String expected) {
        FileJobResource job = job(network);
        OperatorSettings settings = settings(chart);

        List<String> hosts = expected == null ? List.of() : List.of(expected);
        assertThat(granted(PodTemplate.of(job, settings))).isEqualTo(hosts);
        assertThat(granted(PodTemplate.of(job, settings, "cleanup", "cleanup"))).isEqualTo(hosts);
    }

    /** A spec cannot widen this list, so that the pod always gets it. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", \"network\": {\"allowHosts\": [\"other.example\"]}"})
    void theAllowedHostsAreAlwaysInThePod(String network) {
        OperatorSettings settings = settings(Map.of("FILEJOB_WORKER_ALLOW_HOSTS", "*.shop.example,cdn.example"));
        for (PodTemplateSpec pod : List.of(
                PodTemplate.of(job(network), settings), PodTemplate.of(job(network), settings, "cleanup", "cleanup"))) {
            assertThat(variable(pod, "FILEJOB_ALLOW_HOSTS")).containsExactly("*.shop.example,cdn.example");
        }
        assertThat(variable(PodTemplate.of(job(network), settings(Map.of())), "FILEJOB_ALLOW_HOSTS"))
                .isEmpty();
    }
}
