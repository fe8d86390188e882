package io.filejob.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cluster that {@code KUBECONFIG} names, and the tools provided by {@code e2e/run}. */
final class Cluster {
    /** The project's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** The namespace and the release name of the operator used by all suites. */
    static final String SYSTEM = "filejob-system";

    static final String RELEASE = "filejob";
    static final String CHART = "helm/filejob";

    /** For the whole run. */
    static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();

    private Cluster() {}

    static Command.Result kubectl(String... arguments) {
        return Command.run(command(tool("KUBECTL", "kubectl"), arguments));
    }

    /** Runs {@code kubectl} with {@code input}, to be read from {@code -f -}. */
    static Command.Result kubectlWith(String input, String... arguments) {
        return Command.run(input, command(tool("KUBECTL", "kubectl"), arguments));
    }

    static Command.Result helm(String... arguments) {
        return Command.run(command(tool("HELM", "helm"), arguments));
    }

    /** Controls the node itself, if the tests run on its machine: see {@link NeedsNode}. */
    static Command.Result node(String... arguments) {
        return Command.run(command(setting(NeedsNode.CLUSTER).orElseThrow(), arguments));
    }

    /** Returns the address at which pods of the project's own cluster reach this machine. */
    static String host() {
        return node("host-address").ok().strip();
    }

    /** Returns the helm values that the operator is installed with in this run. */
    static String values() {
        return setting("FILEJOB_E2E_VALUES").orElseThrow(() -> new AssertionError("start the suites with e2e/run"));
    }

    private static String tool(String variable, String otherwise) {
        return setting("FILEJOB_E2E_" + variable).orElse(otherwise);
    }

    private static Optional<String> setting(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isEmpty());
    }

    private static List<String> command(String program, String... arguments) {
        return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
    }
}
