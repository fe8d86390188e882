package io.filejob.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.cluster.PodEnvironment;
import io.filejob.manifest.ManifestReader;
import io.filejob.spec.CallbackSpec;
import io.filejob.spec.NetworkSpec;
import io.filejob.spec.SecretReference;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.RawServer;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.http.WebhookReceiver.Webhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of a receiver over real sockets. */
@Timeout(120)
final class CallbackSenderTest {
    private static final String CURRENT = "whsec_" + "Y".repeat(44);
    private static final String PREVIOUS = "whsec_" + "cHBw".repeat(8);

    @TempDir
    private Path folder;

    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        write("secret", CURRENT);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private void write(String key, String value) throws IOException {
        Files.createDirectories(folder.resolve("hook"));
        Files.writeString(folder.resolve("hook").resolve(key), value);
    }

    private static CallbackMessage message() throws Exception {
        return CallbackMessage.of(ended());
    }

    /** Returns a job that has ended. */
    static FileJob ended() throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: prices, namespace: shop, uid: 8c6f2c9e-0d0c-4d6b-9f0a-5a3f0a1b2c3d}
                spec:
                  input: {generate: {files: 2, entriesPerFile: 3}}
                  operation: {average: {}}
                """);
        return job.withStatus(FileJobStatus.builder(Phase.COMPLETE, "average 1.5 \u20ac")
                .completionTime("2026-01-01T00:01:00Z")
                .build());
    }

    private Secrets secrets() {
        return Secrets.of(List.of("hook=" + folder.resolve("hook")));
    }

    private CallbackSender sender(String url, HostGuard guard) {
        return new CallbackSender(
                new CallbackSpec(url, new SecretReference("hook")),
                secrets(),
                guard,
                Clock.systemUTC(),
                Duration.ofSeconds(20));
    }

    private CallbackReport send(String url, HostGuard guard) throws Exception {
        return sender(url, guard).send(message());
    }

    private CallbackReport send() throws Exception {
        return send(receiver.url(), HostGuard.local(null));
    }

    @Test
    void aReceiverCanVerifyTheMessage() throws Exception {
        assertThat(send())
                .isEqualTo(new CallbackReport(
                        CallbackOutcome.DELIVERED, 204, null, "the receiver responds with status 204"));

        Webhook webhook = receiver.webhooks().getFirst();
        assertThat(webhook.method()).isEqualTo("POST");
        assertThat(webhook.path()).isEqualTo("/hooks?shop=1");
        assertThat(webhook.headers()).containsEntry("user-agent", "filejob");
        assertThat(webhook.headers().get("webhook-id"))
                .matches("fj_8c6f2c9e-0d0c-4d6b-9f0a-5a3f0a1b2c3d_[0-9a-f]{8}_complete");
        assertThat(webhook.headers().get("content-type")).startsWith("application/json");
        assertThat(webhook.body()).contains("\"type\":\"filejob.complete\"", "\u20ac");
        assertThat(ReferenceVerifier.verify(CURRENT, receiver.webhooks())).containsExactly("verified");
        assertThat(ReferenceVerifier.verify(PREVIOUS, receiver.webhooks()))
                .containsExactly("refused: No matching signature found");
    }

    @Test
    void aReceiverCanVerifyTheMessageByEitherKeyWhileTheyAreReplaced() throws Exception {
        write("previous", PREVIOUS);
        send();
        assertThat(ReferenceVerifier.verify(CURRENT, receiver.webhooks())).containsExactly("verified");
        assertThat(ReferenceVerifier.verify(PREVIOUS, receiver.webhooks())).containsExactly("verified");
    }

    @Test
    void aChangedMessageIsNotVerified() throws Exception {
        send();
        Webhook sent = receiver.webhooks().getFirst();
        Webhook changed = new Webhook(
                sent.method(), sent.path(), sent.headers(), sent.body().replace("1.5", "2.5"));
        assertThat(ReferenceVerifier.verify(CURRENT, List.of(sent, changed)))
                .containsExactly("verified", "refused: No matching signature found");
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "202, DELIVERED",
        "301, REJECTED",
        "302, REJECTED",
        "307, REJECTED",
        "308, REJECTED",
        "400, REJECTED",
        "401, REJECTED",
        "404, REJECTED",
        "410, GONE",
        "429, REJECTED",
        "500, REJECTED",
        "503, REJECTED"
    })
    void anAnswerDecides(int status, CallbackOutcome outcome) throws Exception {
        receiver.answer(status, Map.of("Location", receiver.url()));
        CallbackReport report = send();
        assertThat(report.outcome()).isEqualTo(outcome);
        assertThat(report.code()).isEqualTo(status);
        assertThat(report.message()).contains("" + status);
        assertThat(receiver.webhooks()).as("redirects are not followed").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "' 7 ', 7", "soon, ", "-3, ", "'Wed, 21 Oct 2015 07:28:00 GMT', 0"})
    void anAnswerMayAskForALaterAttempt(String header, @Nullable Long seconds) throws Exception {
        receiver.answer(503, Map.of("Retry-After", header));
        assertThat(send().retryAfter()).isEqualTo(seconds);
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        String url;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + closed.getLocalPort() + "/hooks";
        }
        assertThat(send(url, HostGuard.local(null)).outcome()).isEqualTo(CallbackOutcome.UNREACHABLE);
    }

    @Test
    void aReceiverThatNeverEndsItsHeadIsUnreachable() throws Exception {
        try (RawServer slow = new RawServer((_, out) -> out.trickle(new byte[1000]))) {
            CallbackSender sender = new CallbackSender(
                    new CallbackSpec(slow.uri() + "/hooks", new SecretReference("hook")),
                    secrets(),
                    HostGuard.local(null),
                    Clock.systemUTC(),
                    Duration.ofMillis(500));
            CallbackReport report = sender.send(message());
            assertThat(report.outcome()).isEqualTo(CallbackOutcome.UNREACHABLE);
            assertThat(report.code()).isNull();
        }
    }

    @Test
    void theHostsOfTheSpecCount() throws Exception {
        CallbackReport report = send(receiver.url(), HostGuard.local(new NetworkSpec(List.of("shop.example"), null)));
        assertThat(report.outcome()).isEqualTo(CallbackOutcome.ADDRESS_REFUSED);
        assertThat(report.message())
                .isEqualTo("spec.callback.url: host 127.0.0.1 is not in spec.network.allowHosts; add it there to"
                        + " allow it");
        assertThat(receiver.webhooks()).isEmpty();
    }

    @Test
    void aPodReachesPrivateAddressesOnlyIfTheChartAllowsThem() throws Exception {
        NetworkSpec wanted = new NetworkSpec(null, List.of("127.0.0.1"));
        assertThat(send(receiver.url(), HostGuard.ofPod(wanted, Map.of())).outcome())
                .isEqualTo(CallbackOutcome.ADDRESS_REFUSED);
        assertThat(receiver.webhooks()).isEmpty();
        assertThat(send(receiver.url(), HostGuard.ofPod(wanted, Map.of(PodEnvironment.ALLOW_PRIVATE, "127.0.0.1")))
                        .outcome())
                .isEqualTo(CallbackOutcome.DELIVERED);
    }

    @Test
    void aMalformedOrMissingKeyIsNamedAndNothingIsSent() throws Exception {
        write("previous", "password");
        assertThat(send())
                .isEqualTo(CallbackReport.of(
                        CallbackOutcome.SECRET_UNUSABLE,
                        "spec.callback.secret: Secret hook: key previous: not a signing key (it does not begin with"
                                + " whsec_); write whsec_ and the output of: openssl rand -base64 32"));
        Files.delete(folder.resolve("hook/secret"));
        assertThat(send().message()).startsWith("spec.callback.secret: Secret hook has no key secret");
        assertThat(receiver.webhooks()).isEmpty();
    }
}
