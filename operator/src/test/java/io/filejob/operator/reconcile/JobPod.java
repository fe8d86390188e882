package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.PodEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A pod of any Job as a process with the command, the variables and the Secrets of the Job, and its end is written to the
 * status of the pod as a kubelet does.
 */
final class JobPod {
    private static final long LIMIT_SECONDS = 120;
    private static final int MAX_MESSAGE = 4096;

    private final KubernetesClient client;
    private final Path folder;

    /** Creates pods with files below {@code folder}. */
    JobPod(KubernetesClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    /** Runs a pod of {@code job}, index 0, with further variables until it ends. Returns its output and its message. */
    String run(Job job, Map<String, String> environment) throws IOException, InterruptedException {
        String namespace = job.getMetadata().getNamespace();
        Pod pod = client.resource(new PodBuilder()
                        .withMetadata(job.getSpec().getTemplate().getMetadata())
                        .editMetadata()
                        .withGenerateName("pod-")
                        .withNamespace(namespace)
                        .addNewOwnerReference()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .withSpec(job.getSpec().getTemplate().getSpec())
                        .build())
                .create();
        Path files = Files.createDirectory(folder.resolve(pod.getMetadata().getUid()));
        Container container = pod.getSpec().getContainers().getFirst();
        Path secrets = Files.createDirectory(files.resolve("secrets"));
        Path manifest = files.resolve("job.yaml");
        for (Volume volume : pod.getSpec().getVolumes()) {
            if (volume.getSecret() != null) {
                String name = volume.getSecret().getSecretName();
                Path keys = Files.createDirectories(secrets.resolve(name));
                Secret secret =
                        client.secrets().inNamespace(namespace).withName(name).get();
                assertThat(secret != null
                                || Boolean.TRUE.equals(volume.getSecret().getOptional()))
                        .as("Secret %s", name)
                        .isTrue();
                for (Map.Entry<String, String> key :
                        (secret == null ? Map.<String, String>of() : secret.getData()).entrySet()) {
                    Files.write(keys.resolve(key.getKey()), Base64.getDecoder().decode(key.getValue()));
                }
            } else if (volume.getConfigMap() != null) {
                ConfigMap map = client.configMaps()
                        .inNamespace(namespace)
                        .withName(volume.getConfigMap().getName())
                        .get();
                Files.writeString(manifest, map.getData().values().iterator().next());
            }
        }
        Path report = Files.createFile(files.resolve("report"));
        Path log = files.resolve("log");
        Process process = builder(container, namespace, files, secrets, manifest, report, pod, environment)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String output = Files.readString(log);
        if (!ended) {
            throw new AssertionError("the pod has not ended: " + output);
        }
        String words = Files.readString(report);
        // FallbackToLogsOnError: the end of the log is the message if a failed container has written none.
        String message = words.isEmpty() && process.exitValue() != 0 ? tail(output) : words;
        end(pod, process.exitValue(), message);
        return output + message;
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - MAX_MESSAGE / 2));
    }

    private ProcessBuilder builder(
            Container container,
            String namespace,
            Path files,
            Path secrets,
            Path manifest,
            Path report,
            Pod pod,
            Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.filejob.cli.Main"));
        container.getArgs().stream()
                .map(argument -> switch (argument) {
                    case "/dev/termination-log" -> report.toString();
                    case "/etc/filejob/callback/job.yaml" -> manifest.toString();
                    default -> argument;
                })
                .forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        for (EnvVar variable : container.getEnv()) {
            if (variable.getValue() != null) {
                builder.environment().put(variable.getName(), variable.getValue());
            }
        }
        builder.environment().putAll(PodProcess.environment(client, namespace, files));
        builder.environment().put(PodEnvironment.SECRETS, secrets.toString());
        builder.environment().put(PodEnvironment.INDEX, "0");
        builder.environment().put(PodEnvironment.ATTEMPT, pod.getMetadata().getUid());
        builder.environment().putAll(environment);
        return builder;
    }

    private void end(Pod pod, int status, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        pod.setStatus(new PodStatusBuilder()
                .withPhase(status == 0 ? "Succeeded" : "Failed")
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("worker")
                        .withImage("image")
                        .withImageID("image")
                        .withReady(false)
                        .withRestartCount(0)
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(status)
                        .withReason(status == 0 ? "Completed" : "Error")
                        .withMessage(new String(bytes, 0, Math.min(bytes.length, MAX_MESSAGE), StandardCharsets.UTF_8))
                        .endTerminated()
                        .endState()
                        .build())
                .build());
        client.resource(pod).updateStatus();
    }
}
