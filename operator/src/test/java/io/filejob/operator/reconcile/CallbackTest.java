package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.PodEnvironment;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.CallbackStatus;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.http.WebhookReceiver.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attempts to call a real receiver. Their pods are processes with the command, files and variables of their Jobs. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
@Timeout(300)
final class CallbackTest {
    @Inject
    KubernetesClient client;

    @TempDir
    private Path folder;

    private final TestNamespace namespace = new TestNamespace();
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        PodProcess.admit(client, namespace.name());
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    /** Creates a job that fails at once, since pods cannot reach its input. */
    private FileJobResource failing() {
        return namespace.create(Jobs.job("""
                {"input": {"files": ["prices.csv"]}, "operation": {"average": {"column": "price"}},
                 "network": {"allowPrivate": ["127.0.0.1"]},
                 "callback": {"url": "%s", "secret": {"name": "hook"}}}
                """.formatted(receiver.url())));
    }

    private @Nullable Job attempt(FileJobResource job, int number) {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace.name())
                .withName(Names.base(job) + "-callback-" + number)
                .get();
    }

    private Job awaitAttempt(FileJobResource job, int number) {
        return TestNamespace.soon("attempt " + number).until(() -> attempt(job, number), Objects::nonNull);
    }

    private void awaitNoAttempt(FileJobResource job, int number) {
        TestNamespace.soon("no attempt " + number).until(() -> attempt(job, number) == null);
    }

    /** Runs the pod of {@code attempt} as a process; {@code secret} is the content of its Secret. */
    private void run(Job attempt, Map<String, String> secret) throws IOException, InterruptedException {
        Pod pod = client.resource(namespace.pod(attempt).build()).create();
        Container container = pod.getSpec().getContainers().getFirst();
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Path hook = Files.createDirectories(secrets.resolve("hook"));
        for (Map.Entry<String, String> key : secret.entrySet()) {
            Files.writeString(hook.resolve(key.getKey()), key.getValue());
        }
        Path manifest = Files.writeString(
                folder.resolve("job.yaml"),
                client.configMaps()
                        .inNamespace(namespace.name())
                        .withName(attempt.getMetadata().getName().replaceFirst("-[0-9]+$", ""))
                        .get()
                        .getData()
                        .get(ClusterNames.MANIFEST_KEY));
        Path report = Files.writeString(folder.resolve("report"), "");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
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
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        assertThat(environment).containsEntry(PodEnvironment.SECRETS, PodEnvironment.SECRETS_FOLDER);
        builder.environment().putAll(environment);
        builder.environment().put(PodEnvironment.SECRETS, secrets.toString());
        // The chart of this operator allows no private host.
        builder.environment().put(PodEnvironment.ALLOW_PRIVATE, "127.0.0.1");
        int status = builder.start().waitFor();
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
                        .withMessage(Files.readString(report))
                        .endTerminated()
                        .endState()
                        .build())
                .build());
        client.resource(pod).updateStatus();
    }

    private static Map<String, String> key() {
        return Map.of("secret", "whsec_" + "Y".repeat(44));
    }

    @Test
    void attemptsFollowUntilTheReceiverAccepts() throws Exception {
        FileJobResource job = failing();
        receiver.answer(503, Map.of());
        run(awaitAttempt(job, 1), Map.of());
        Job second = awaitAttempt(job, 2);
        CallbackStatus first =
                Objects.requireNonNull(namespace.awaitStatus(job, _ -> true).callback());
        assertThat(first.attempts()).as("the Secret has no key").isEqualTo(1);
        assertThat(first.code()).isNull();
        awaitNoAttempt(job, 1);

        run(second, key());

        FileJobStatus rejected = namespace.awaitStatus(
                job,
                status -> status.callback() != null
                        && Objects.equals(status.callback().code(), 503));
        assertThat(TestNamespace.condition(rejected, "Notified").reason()).isEqualTo("Rejected");
        assertThat(Objects.requireNonNull(rejected.callback()).attempts()).isEqualTo(2);
        awaitNoAttempt(job, 2);
        // The third attempt is due minutes later, in another life of the operator: the status alone decides.
        due(job, rejected);
        run(awaitAttempt(job, 3), key());

        FileJobStatus delivered = namespace.awaitStatus(
                job,
                status -> TestNamespace.condition(status, "Notified").status().equals("True"));
        assertThat(delivered.phase()).isEqualTo(Phase.FAILED);
        assertThat(TestNamespace.condition(delivered, "Finished").status()).isEqualTo("True");
        assertThat(Objects.requireNonNull(delivered.callback()).nextAttemptTime())
                .isNull();
        awaitNoAttempt(job, 3);
        assertThat(receiver.webhooks()).hasSize(2);
        Set<String> ids = receiver.webhooks().stream()
                .map(webhook -> webhook.headers().get("webhook-id") + webhook.body())
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        Webhook webhook = receiver.webhooks().getFirst();
        assertThat(webhook.headers().get("webhook-id"))
                .matches("fj_" + job.getMetadata().getUid() + "_[0-9a-f]{8}_failed");
        assertThat(webhook.body())
                .contains("\"namespace\":\"" + namespace.name() + "\"", "\"type\":\"filejob.failed\"")
                .doesNotContain("Notified");
    }

    /** Makes the next attempt due now; the change of the spec, which the end of a job allows, wakes the operator. */
    private void due(FileJobResource job, FileJobStatus status) {
        FileJobResource now = client.resource(job).get();
        now.setStatus(status.toBuilder()
                .callback(new CallbackStatus(2, 503, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"))
                .build());
        client.resource(now).updateStatus();
        client.resource(job)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"ttlSecondsAfterFinished\": 86400}}");
    }

    @Test
    void aDeletedJobHasNoFurtherAttempt() {
        FileJobResource job = failing();
        Job attempt = awaitAttempt(job, 1);
        assertThat(attempt.getMetadata().getOwnerReferences().getFirst().getUid())
                .isEqualTo(job.getMetadata().getUid());
        client.resource(job).delete();
        // The API server of the test has no garbage collector.
        client.resource(attempt).delete();
        FileJobResource other = failing();
        awaitAttempt(other, 1);
        assertThat(attempt(job, 1)).isNull();
    }
}
