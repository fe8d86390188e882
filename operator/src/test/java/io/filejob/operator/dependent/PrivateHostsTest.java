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

/** Pods learn of private hosts exactly if the chart and the FileJob both allow some. */
final class PrivateHostsTest {
    /** The variable that {@code HostGuard} reads in a pod. */
    private static final String VARIABLE = "FILEJOB_ALLOW_PRIVATE";

    /** The settings of an operator with this variable in its Deployment, as the chart writes it. */
    private static OperatorSettings settings(String chart) {
        Map<String, String> environment = new HashMap<>(Map.of("FILEJOB_RUNNER_IMAGE", "localhost/runner"));
        if (!chart.isEmpty()) {
            environment.put("FILEJOB_WORKER_ALLOW_PRIVATE", chart);
        }
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
        return pod.getSpec().getContainers().getFirst().getEnv().stream()
                .filter(each -> each.getName().equals(VARIABLE))
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
}
