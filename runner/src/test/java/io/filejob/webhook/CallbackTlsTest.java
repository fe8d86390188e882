package io.filejob.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestReader;
import io.filejob.spec.CallbackSpec;
import io.filejob.spec.NetworkSpec;
import io.filejob.spec.SecretReference;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of receivers whose certificates are signed by an authority of a test. */
@Timeout(120)
final class CallbackTlsTest {
    private static final String KEY = "whsec_" + "Y".repeat(44);

    @TempDir
    private static Path keys;

    private static Authority authority;
    private static Authority another;
    private static WebhookReceiver receiver;

    @TempDir
    private Path secret;

    @BeforeAll
    static void start() throws IOException {
        authority = new Authority(Files.createDirectory(keys.resolve("authority")));
        another = new Authority(Files.createDirectory(keys.resolve("another")));
        receiver = WebhookReceiver.secure(authority.server("ip:127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @BeforeEach
    void sign() throws IOException {
        Files.writeString(secret.resolve("secret"), KEY);
    }

    private void trust(String pem) throws IOException {
        Files.writeString(secret.resolve("ca.crt"), pem);
    }

    private static CallbackReport send(String url, Secrets secrets, HostGuard guard) throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: prices, namespace: shop, uid: 8c6f2c9e-0d0c-4d6b-9f0a-5a3f0a1b2c3d}
                spec:
                  input: {generate: {files: 2, entriesPerFile: 3}}
                  operation: {average: {}}
                """);
        CallbackMessage message = CallbackMessage.of(job.withStatus(FileJobStatus.builder(Phase.COMPLETE, "average 1.5")
                .completionTime("2026-01-01T00:01:00Z")
                .build()));
        return new CallbackSender(spec(url), secrets, guard, Clock.systemUTC()).send(message);
    }

    private static CallbackSpec spec(String url) {
        return new CallbackSpec(url, new SecretReference("hook"));
    }

    private Secrets secrets() {
        return Secrets.of(List.of("hook=" + secret));
    }

    private CallbackReport send() throws Exception {
        return send(receiver.url(), secrets(), HostGuard.local(null));
    }

    @Test
    void aReceiverWhoseAuthorityIsInTheSecretIsCalled() throws Exception {
        int before = receiver.webhooks().size();
        trust("# another\n" + another.pem() + "\n# the one\n" + authority.pem());
        assertThat(send().outcome()).isEqualTo(CallbackOutcome.DELIVERED);
        assertThat(ReferenceVerifier.verify(
                        KEY,
                        receiver.webhooks().subList(before, receiver.webhooks().size())))
                .containsExactly("verified");
    }

    /** As a pod finds the Secret, which it mounts as a whole. */
    @Test
    void aPodTakesTheAuthorityFromTheMountedSecret() throws Exception {
        Path mounted = Files.createDirectories(secret.resolve("mounts/hook"));
        Files.writeString(mounted.resolve("secret"), KEY);
        Secrets ofPod = Secrets.ofPod(
                Map.of(PodEnvironment.SECRETS, secret.resolve("mounts").toString()));
        HostGuard guard = HostGuard.ofPod(
                new NetworkSpec(null, List.of("127.0.0.1")), Map.of(PodEnvironment.ALLOW_PRIVATE, "127.0.0.1"));
        assertThat(send(receiver.url(), ofPod, guard).outcome()).isEqualTo(CallbackOutcome.CERTIFICATE_REFUSED);
        Files.writeString(mounted.resolve("ca.crt"), authority.pem());
        assertThat(send(receiver.url(), ofPod, guard).outcome()).isEqualTo(CallbackOutcome.DELIVERED);
    }

    @Test
    void aFileOfKeysMayHoldTheAuthority() throws Exception {
        Path file =
                Files.writeString(secret.resolve("hook.env"), "secret=" + KEY + "\nca.crt='" + authority.pem() + "'\n");
        assertThat(send(receiver.url(), Secrets.of(List.of("hook=" + file)), HostGuard.local(null))
                        .outcome())
                .isEqualTo(CallbackOutcome.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReceiverWhoseAuthorityIsNotKnownIsNotTrusted(boolean anotherIsKnown) throws Exception {
        int before = receiver.webhooks().size();
        if (anotherIsKnown) {
            trust(another.pem());
        }
        CallbackReport report = send();
        assertThat(report.outcome()).isEqualTo(CallbackOutcome.CERTIFICATE_REFUSED);
        assertThat(report.message())
                .startsWith("spec.callback.url: the receiver's certificate is not trusted (")
                .endsWith("); put its authority's certificate at ca.crt of Secret hook");
        assertThat(receiver.webhooks()).hasSize(before);
    }

    /** The right authority has signed it, but for another host. */
    @Test
    void aReceiverWithTheCertificateOfAnotherHostIsNotTrusted() throws Exception {
        trust(another.pem());
        try (WebhookReceiver impostor = WebhookReceiver.secure(another.server("dns:elsewhere"))) {
            CallbackReport report = send(impostor.url(), secrets(), HostGuard.local(null));
            assertThat(report.outcome()).as(report.message()).isEqualTo(CallbackOutcome.CERTIFICATE_REFUSED);
            assertThat(report.message()).contains("127.0.0.1");
            assertThat(impostor.webhooks()).isEmpty();
        }
    }

    @Test
    void aSecretWithoutCertificatesIsNamedBeforeAndAfterTheJob() throws Exception {
        String damaged = authority.pem().replaceFirst("(?m)^MI.*$", "MIIB");
        for (String content : List.of("certificates are in another file", "", damaged)) {
            trust(content);
            CallbackReport report = send();
            assertThat(report.outcome()).as(content).isEqualTo(CallbackOutcome.SECRET_UNUSABLE);
            assertThat(report.message())
                    .startsWith("spec.callback.secret: Secret hook: key ca.crt: no certificates in PEM (");
            assertThatThrownBy(() -> CallbackSender.check(spec(receiver.url()), secrets()))
                    .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.BAD_MANIFEST))
                    .hasMessageContaining("Secret hook: key ca.crt");
        }
        trust(authority.pem());
        assertThat(send().outcome()).as("the Secret is read again").isEqualTo(CallbackOutcome.DELIVERED);
    }
}
