package io.filejob.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.manifest.ManifestReader;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.http.WebhookReceiver.Webhook;
import io.filejob.testing.tls.Authority;
import io.filejob.webhook.ReferenceVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of {@code filejob run} and of {@code filejob notify}, in this process. */
@Timeout(120)
final class NotifyCommandTest {
    private static final String SECRET = "whsec_" + "Y".repeat(44);

    @TempDir
    private Path folder;

    private WebhookReceiver receiver;
    private String hook = "";

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        hook = "hook=" + Files.writeString(folder.resolve("hook.env"), "secret=" + SECRET + "\n");
        Files.writeString(folder.resolve("good.csv"), "price\n1\n2\n");
        Files.writeString(folder.resolve("bad.csv"), "price\n1\nabc\n");
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private String manifest(String input) throws IOException {
        return Files.writeString(folder.resolve("job.yaml"), """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: prices}
                        spec:
                          input: {files: [%s.csv]}
                          operation: {average: {column: price}}
                          callback: {url: "%s", secret: {name: hook}}
                        """.formatted(input, receiver.url()))
                .toString();
    }

    private String id() {
        return receiver.webhooks().getLast().headers().getOrDefault("webhook-id", "");
    }

    @Test
    void aRunTellsTheReceiverOfItsCompletion() throws Exception {
        End end = End.of("run", manifest("good"), "--secret", hook);
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).contains("1.5");
        assertThat(end.err())
                .contains("filejob: callback delivered to " + receiver.url().replace("shop=1", "***")
                        + " after 1 attempt");
        Webhook webhook = receiver.webhooks().getFirst();
        assertThat(webhook.body()).contains("\"type\":\"filejob.complete\"", "\"average\":\"1.5\"");
        assertThat(id()).matches("fj_[0-9a-f]{32}_complete");
        assertThat(ReferenceVerifier.verify(SECRET, receiver.webhooks())).containsExactly("verified");
    }

    @Test
    void aRunTellsTheReceiverOfItsFailureAndKeepsItsExitStatus() throws Exception {
        End end = End.of("run", "-q", manifest("bad"), "--secret", hook);
        assertThat(end.status()).isEqualTo(65);
        assertThat(end.err()).contains("abc").doesNotContain("callback");
        assertThat(receiver.webhooks().getFirst().body()).contains("\"type\":\"filejob.failed\"", "abc");
        assertThat(id()).endsWith("_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "bad"})
    void aRunWhoseReceiverWantsNoMessagesHasTheSameOutcome(String input) throws Exception {
        receiver.answer(410, Map.of());
        End end = End.of("run", "-q", manifest(input), "--secret", hook);
        assertThat(end.status()).isEqualTo(input.equals("good") ? 0 : 65);
        assertThat(end.err())
                .contains("filejob: warning: spec.callback: not delivered after 1 attempt (the receiver responds with"
                        + " status 410); the outcome of the job is not affected, see: filejob help notify");
    }

    @Test
    void theStatusFileOfARunHasTheAttempts() throws Exception {
        Path status = folder.resolve("status.json");
        receiver.answer(410, Map.of());
        End.of("run", "-q", manifest("good"), "--secret", hook, "--status-file=" + status);
        assertThat(callback(status)).isEqualTo("1 410 False Gone");
        assertThat(receiver.webhooks().getFirst().body()).doesNotContain("Notified");

        End again = End.of("notify", status.toString(), "--secret", hook, "--status-file=" + status);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(callback(status)).isEqualTo("2 204 True Delivered");
        assertThat(receiver.webhooks().stream().map(Webhook::body).distinct()).hasSize(1);
    }

    private static String callback(Path file) throws Exception {
        FileJobStatus status = requireNonNull(
                ManifestReader.readWithStatus(Files.readString(file)).status());
        CallbackStatus callback = requireNonNull(status.callback());
        assertThat(callback.nextAttemptTime()).isNull();
        Condition notified = status.conditions().getLast();
        return callback.attempts() + " " + callback.code() + " " + notified.status() + " " + notified.reason();
    }

    @Test
    void aRunWithoutTheSecretIsRefusedBeforeItBegins() throws Exception {
        End missing = End.of("run", "-q", manifest("bad"));
        assertThat(missing.status()).isEqualTo(78);
        assertThat(missing.err()).contains("Secret hook is not known here: add --secret hook=PLACE");
        Files.writeString(folder.resolve("hook.env"), "secret=password\n");
        End malformed = End.of("run", "-q", manifest("bad"), "--secret", hook);
        assertThat(malformed.status()).isEqualTo(78);
        assertThat(malformed.err())
                .contains("Secret hook: key secret: not a signing key")
                .doesNotContain("password");
        assertThat(receiver.webhooks()).isEmpty();
    }

    @Test
    void theSameMessageCanBeSentAgainLater() throws Exception {
        End run = End.of("run", "-q", "-o", "yaml", manifest("good"), "--secret", hook);
        String finished =
                Files.writeString(folder.resolve("finished.yaml"), run.out()).toString();
        Path report = folder.resolve("report");
        receiver.answer(503, Map.of("Retry-After", "60"));

        End refused = End.of("notify", finished, "--secret", hook, "--report", report.toString());
        assertThat(refused.status()).isEqualTo(69);
        assertThat(refused.err()).contains("callback not delivered: the receiver responds with status 503, not 2xx");
        assertThat(report)
                .hasContent("{\"callback\":\"Rejected\",\"code\":503,\"retryAfter\":60,\"message\":\"the receiver"
                        + " responds with status 503, not 2xx\"}");

        End accepted = End.of("notify", finished, "--secret", hook, "--report", report.toString());
        assertThat(accepted.status()).as(accepted.err()).isZero();
        assertThat(report)
                .hasContent("{\"callback\":\"Delivered\",\"code\":204,\"message\":\"the receiver responds with status"
                        + " 204\"}");
        assertThat(receiver.webhooks().stream()
                        .map(webhook -> webhook.headers().get("webhook-id") + webhook.body())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void reportsWhyNothingIsSent() throws Exception {
        String finished = Files.writeString(
                        folder.resolve("finished.yaml"),
                        End.of("run", "-q", "-o", "yaml", manifest("good"), "--secret", hook)
                                .out())
                .toString();
        Path report = folder.resolve("report");
        End end = End.of("notify", finished, "--report", report.toString());
        assertThat(end.status()).isEqualTo(78);
        assertThat(report)
                .content()
                .startsWith("{\"callback\":\"SecretUnusable\",\"message\":\"spec.callback.secret: ");
        assertThat(receiver.webhooks()).hasSize(1);
    }

    @Test
    void aReceiverWithAPrivateAuthorityIsCalledAfterARun() throws Exception {
        Authority authority = new Authority(Files.createDirectory(folder.resolve("authority")));
        receiver.close();
        receiver = WebhookReceiver.secure(authority.server("ip:127.0.0.1"));
        Path secret = Files.createDirectory(folder.resolve("hook"));
        Files.writeString(secret.resolve("secret"), SECRET);
        Files.writeString(secret.resolve("ca.crt"), authority.pem());
        End run = End.of("run", "-q", "-o", "yaml", manifest("good"), "--secret", "hook=" + secret);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(receiver.webhooks()).hasSize(1);

        String finished =
                Files.writeString(folder.resolve("finished.yaml"), run.out()).toString();
        End untrusted = End.of("notify", finished, "--secret", hook);
        assertThat(untrusted.status()).isEqualTo(77);
        assertThat(untrusted.err()).contains("certificate is not trusted", "ca.crt of Secret hook");
    }

    @Test
    void aJobThatHasNotEndedIsRefused() throws Exception {
        Path report = folder.resolve("report");
        End end = End.of("notify", manifest("good"), "--secret", hook, "--report", report.toString());
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).contains("status: the job has not ended");
        assertThat(report).content().startsWith("{\"callback\":\"AttemptFailed\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status: {phase: Complete}",
                "status: {phase: Done, message: x, completionTime: x}",
                "status: {phase: Complete, message: x, completionTime: x, conditions: [{type: Complete}]}",
                "status: {phase: Complete, message: x, completionTime: x, rejected: {samples: [{line: 1}]}}",
                "status: {phase: Complete, message: x, completionTime: x, result: {columns: [null], groups: 1}}",
                "status: [1]",
                "status: text",
            })
    void aStatusThatFileJobDidNotWriteIsRefused(String status) throws Exception {
        String manifest = manifest("good");
        Files.writeString(Path.of(manifest), Files.readString(Path.of(manifest)) + status + "\n");
        End end = End.of("notify", manifest, "--secret", hook);
        assertThat(end.status()).as(end.err()).isEqualTo(78);
        assertThat(end.err()).contains("status: is not one that this release writes");
        assertThat(receiver.webhooks()).isEmpty();
    }

    @Test
    void aJobWithoutACallbackIsRefused() throws Exception {
        String manifest = manifest("good");
        Files.writeString(
                Path.of(manifest),
                String.join(
                        "\n",
                        Files.readAllLines(Path.of(manifest)).stream()
                                .filter(line -> !line.contains("callback"))
                                .toList()));
        End end = End.of("notify", manifest, "--secret", hook);
        assertThat(end.status()).isEqualTo(78);
        assertThat(end.err()).contains("spec.callback: not set");
    }

    @Test
    void optionsOfPodsAndOfPeopleAreNotMixed() throws Exception {
        assertThat(End.of("notify", manifest("good"), "--in-pod", "--secret", hook)
                        .status())
                .isEqualTo(64);
        assertThat(receiver.webhooks()).isEmpty();
    }
}
