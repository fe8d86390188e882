package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
import java.nio.file.Path;
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

    /** Runs the pod of {@code attempt}. The chart of this operator allows no private host, but that of the pod does. */
    private void run(Job attempt) throws IOException, InterruptedException {
        new JobPod(client, folder).run(attempt, Map.of(PodEnvironment.ALLOW_PRIVATE, "127.0.0.1"));
    }

    private void createKey() {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("hook")
                        .withNamespace(namespace.name())
                        .endMetadata()
                        .addToStringData("secret", "whsec_" + "Y".repeat(44))
                        .build())
                .create();
    }

    @Test
    void attemptsFollowUntilTheReceiverAccepts() throws Exception {
        FileJobResource job = failing();
        receiver.answer(503, Map.of());
        run(awaitAttempt(job, 1));
        Job second = awaitAttempt(job, 2);
        CallbackStatus first =
                Objects.requireNonNull(namespace.awaitStatus(job, _ -> true).callback());
        assertThat(first.attempts()).as("there is no Secret").isEqualTo(1);
        assertThat(first.code()).isNull();
        awaitNoAttempt(job, 1);

        createKey();
        run(second);

        FileJobStatus rejected = namespace.awaitStatus(
                job,
                status -> status.callback() != null
                        && Objects.equals(status.callback().code(), 503));
        assertThat(TestNamespace.condition(rejected, "Notified").reason()).isEqualTo("Rejected");
        assertThat(Objects.requireNonNull(rejected.callback()).attempts()).isEqualTo(2);
        awaitNoAttempt(job, 2);
        // The third attempt is due minutes later, in another life of the operator: the status alone decides.
        due(job, rejected);
        run(awaitAttempt(job, 3));

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
