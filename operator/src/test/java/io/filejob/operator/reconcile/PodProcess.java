package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.PodEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Runs a worker as a local process instead of a pod, with the permissions that the chart grants it. */
final class PodProcess {
    private static final long LIMIT_SECONDS = 60;

    private PodProcess() {}

    /** Grants workers access to {@code namespace}. */
    static void admit(KubernetesClient client, String namespace) {
        client.load(new ByteArrayInputStream("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: filejob-worker, namespace: NS}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: filejob-worker, namespace: NS}
                rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list, create, update]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: filejob-worker, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: filejob-worker}
                subjects: [{kind: ServiceAccount, name: filejob-worker, namespace: NS}]
                """.replace("NS", namespace).getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    /** Runs worker {@code index} of the job in {@code configMap} until it exits. Returns its exit code. */
    static int run(KubernetesClient client, String namespace, String configMap, int index)
            throws IOException, InterruptedException {
        return run(client, namespace, configMap, index, System.getProperty("java.class.path"));
    }

    /** Like {@link #run(KubernetesClient, String, String, int)}, with the classes of {@code classPath}. */
    static int run(KubernetesClient client, String namespace, String configMap, int index, String classPath)
            throws IOException, InterruptedException {
        return end(client, namespace, configMap, index, classPath, List.of()).status();
    }

    /**
     * The end of a worker.
     *
     * @param status its exit code
     * @param words its termination message
     */
    record End(int status, String words) {}

    /** Like {@link #run(KubernetesClient, String, String, int)}; the command begins with {@code prefix}. */
    static End end(KubernetesClient client, String namespace, String configMap, int index, List<String> prefix)
            throws IOException, InterruptedException {
        return end(client, namespace, configMap, index, System.getProperty("java.class.path"), prefix);
    }

    private static End end(
            KubernetesClient client,
            String namespace,
            String configMap,
            int index,
            String classPath,
            List<String> prefix)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("filejob-pod-");
        Path log = folder.resolve("log");
        Path words = Files.createFile(folder.resolve("words"));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-cp",
                classPath,
                "io.filejob.cli.Main",
                "work",
                "--config-map",
                configMap,
                "--in-flight",
                words.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment(client, namespace, folder));
        builder.environment()
                .putAll(Map.of(
                        PodEnvironment.INDEX,
                        Integer.toString(index),
                        PodEnvironment.ATTEMPT,
                        UUID.randomUUID().toString()));
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().onExit().join();
        Assertions.assertThat(ended).as(Files.readString(log)).isTrue();
        return new End(process.exitValue(), Files.readString(words));
    }

    /** Starts a worker that serves metrics at {@code port}; the caller ends it. {@code folder} receives its files. */
    static Process start(
            KubernetesClient client, String namespace, String configMap, int index, UUID attempt, int port, Path folder)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.filejob.cli.Main",
                        "work",
                        "--config-map",
                        configMap,
                        "--metrics-port",
                        Integer.toString(port),
                        "--in-flight",
                        Files.createFile(folder.resolve("words")).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker.log").toFile());
        builder.environment().putAll(environment(client, namespace, folder));
        builder.environment()
                .putAll(Map.of(
                        PodEnvironment.INDEX, Integer.toString(index), PodEnvironment.ATTEMPT, attempt.toString()));
        return builder.start();
    }

    /** Returns the variables with which a worker finds the API server; {@code folder} receives its token. */
    static Map<String, String> environment(KubernetesClient client, String namespace, Path folder) throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(
                token,
                client.serviceAccounts()
                        .inNamespace(namespace)
                        .withName("filejob-worker")
                        .tokenRequest(new TokenRequestBuilder()
                                .withNewSpec()
                                .endSpec()
                                .build())
                        .getStatus()
                        .getToken());
        Config config = client.getConfiguration();
        return Map.of(
                PodEnvironment.API_URL, config.getMasterUrl(),
                PodEnvironment.API_TOKEN_FILE, token.toString(),
                PodEnvironment.API_CA_FILE, config.getCaCertFile(),
                PodEnvironment.NAMESPACE, namespace);
    }
}
