package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that a new user types. */
final class QuickStartTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Cluster.ROOT.resolve("k8s-examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(QuickStartTest::makesItsInput)
                    .map(Cluster.ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** The examples that need data have a suite of their own. */
    private static boolean makesItsInput(Path example) {
        try {
            return Files.readString(example).contains("generate:");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCompletesAsItDoesLocally(Path example) throws IOException {
        kubectl("apply", "-f", example.toString());
        kubectl("wait", "--for=condition=Complete", "--timeout=180s", "-f", example.toString());

        Job job = sandbox.job(new Manifest(Files.readString(Cluster.ROOT.resolve(example))));
        assertThat(Outcome.of(job.status()))
                .isEqualTo(Outcome.ofLocalRun(job.manifest().yaml()));
    }

    @Test
    void kubectlGetShowsHowFarItIsAndWhatCameOut() {
        kubectl("apply", "-f", "k8s-examples/average.yaml");
        kubectl("wait", "--for=condition=Complete", "--timeout=180s", "filejob/average");

        assertThat(cells(kubectl("get", "filejobs")))
                .first()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly("NAME", "PHASE", "REASON", "WORKERS", "FILES", "ROWS", "PROGRESS", "RESULT", "AGE");
        assertThat(cells(kubectl("get", "fj", "average", "--no-headers")).getFirst())
                .startsWith(
                        "average", "Complete", "AllSlicesMerged", "4", "1000", "10000000", "200/200", "499.983287663");
        assertThat(cells(kubectl("get", "fj", "-o", "wide")).getFirst()).endsWith("ROWS/S", "REJECTED", "DURATION");
        assertThat(kubectl("get", "fj", "average", "-o", "jsonpath={.status.result.digest}"))
                .isEqualTo("sha256:fefeb3661490e46a394bae6f7eb52100ddf861de34e8d6bba67cec5f37928421");
        assertThat(kubectl("describe", "fj", "average")).contains("Complete", "average 499.983287663");
    }

    private static List<List<String>> cells(String table) {
        return table.lines().map(line -> List.of(line.trim().split("\\s+", -1))).toList();
    }

    private String kubectl(String... arguments) {
        return Cluster.kubectl(Stream.concat(Stream.of("-n", sandbox.namespace()), Stream.of(arguments))
                        .toArray(String[]::new))
                .ok();
    }
}
