package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.Phase;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.s3.S3Server;
import io.filejob.testing.tls.Authority;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Object storage with TLS and a certificate of an authority that no JDK knows. */
@Timeout(180)
final class S3TlsTest {
    private static final String FROM_S3 = "s3://prices/in.csv";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Authority authority;
    private static Authority another;
    private static S3Server storage;

    @BeforeAll
    static void start() throws IOException {
        authority = new Authority(Files.createDirectory(shared.resolve("authority")));
        another = new Authority(Files.createDirectory(shared.resolve("another")));
        storage = new S3Server(
                Files.createDirectory(shared.resolve("s3")), authority.server("dns:localhost,ip:127.0.0.1"));
        storage.bucket("prices");
        storage.put("prices", "in.csv", "price\n2.5\n3.5\n".getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        storage.close();
    }

    @BeforeEach
    void clear() {
        storage.client().deleteObject(request -> request.bucket("prices").key("out.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aServiceWhoseAuthorityIsInTheSecretIsReadAndWritten(String host) throws IOException {
        LocalRun.RunOutcome outcome =
                run(storage.secureEndpoint().replace("127.0.0.1", host), FROM_S3, secret(authority.pem()));
        assertThat(outcome.status().phase()).as("%s", outcome.failure()).isEqualTo(Phase.COMPLETE);
        assertThat(storage.get("prices", "out.csv")).asString().isEqualTo("average\n3\n");
    }

    @Test
    void theAuthorityMayBeOneOfSeveralAndComeWithComments() throws IOException {
        String several = "# another\n" + another.pem() + "\n# the one\n" + authority.pem() + "# no more\n";
        LocalRun.RunOutcome outcome = run(storage.secureEndpoint(), FROM_S3, secret(several));
        assertThat(outcome.status().phase()).as("%s", outcome.failure()).isEqualTo(Phase.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServiceWhoseAuthorityIsNotKnownIsNotTrusted(boolean anotherIsKnown) throws IOException {
        JobFailedException failure =
                failure(run(storage.secureEndpoint(), FROM_S3, anotherIsKnown ? secret(another.pem()) : null));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CREDENTIALS_REFUSED);
        assertThat(failure)
                .hasMessageStartingWith(FROM_S3)
                .hasMessageContainingAll("certificate is not trusted", "spec.s3.caSecret");
    }

    @Test
    void anOutputIsNotTrustedBeforeAnythingIsRead() throws IOException {
        Files.writeString(folder.resolve("in.csv"), "price\nbad\n");
        JobFailedException failure = failure(run(storage.secureEndpoint(), "in.csv", null));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CREDENTIALS_REFUSED);
        assertThat(failure)
                .hasMessageContainingAll("s3://prices/out.csv", "certificate is not trusted", "spec.s3.caSecret");
    }

    @Test
    void aPageBehindACertificateThatIsNotKnownIsNotTrusted() {
        String page = storage.secureEndpoint() + "/prices/in.csv";
        try (Storage storage = new Storage(folder)) {
            assertThatThrownBy(() -> storage.list(List.of(page)))
                    .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.CREDENTIALS_REFUSED))
                    .hasMessageContainingAll(page, "certificate is not trusted");
        }
    }

    /** The right authority has signed it, but for another host. */
    @Test
    void aServiceWithTheCertificateOfAnotherHostIsNotTrusted() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (S3Server impostor = new S3Server(elsewhere, another.server("dns:elsewhere"))) {
            JobFailedException failure = failure(run(impostor.secureEndpoint(), FROM_S3, secret(another.pem())));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CREDENTIALS_REFUSED);
            assertThat(failure)
                    .hasMessageContainingAll(FROM_S3, "certificate is not trusted", "127.0.0.1", "spec.s3.endpoint");
        }
    }

    @Test
    void aSecretWithoutCertificatesIsNamed() throws IOException {
        String text = "certificates are in another file";
        String damaged = authority.pem().replaceFirst("(?m)^MI.*$", "MIIB");
        for (String content : List.of(text, "", damaged, authority.pem() + damaged)) {
            JobFailedException failure = failure(run(storage.secureEndpoint(), FROM_S3, secret(content)));
            assertThat(failure.exitCode()).as(content).isEqualTo(ExitCode.BAD_MANIFEST);
            assertThat(failure).hasMessageContaining("Secret ca has no certificates in PEM at ca.crt");
        }
    }

    @Test
    void aCertificateInBytesIsNoText() throws IOException {
        Path secret = secret("");
        Files.write(secret.resolve("ca.crt"), authority.der());
        JobFailedException failure = failure(run(storage.secureEndpoint(), FROM_S3, secret));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
        assertThat(failure).hasMessageContainingAll("Secret ca", "it is not text in UTF-8");
    }

    @Test
    void aSecretWithoutItsKeyIsNamed() throws IOException {
        Path secret = secret(authority.pem());
        Files.move(secret.resolve("ca.crt"), secret.resolve("tls.crt"));
        JobFailedException failure = failure(run(storage.secureEndpoint(), FROM_S3, secret));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
        assertThat(failure).hasMessageContainingAll("Secret ca has no key ca.crt", secret.toString());
    }

    @Test
    void aSecretThatIsNotGivenIsAskedFor() {
        JobFailedException failure =
                failure(run(storage.secureEndpoint(), FROM_S3, ", caSecret: {name: ca}", List.of()));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
        assertThat(failure).hasMessageContaining("Secret ca is not known here: add --secret ca=PLACE");
    }

    /** Creates a Secret with {@code content} at ca.crt. */
    private Path secret(String content) throws IOException {
        Path secret = Files.createTempDirectory(folder, "ca");
        Files.writeString(secret.resolve("ca.crt"), content);
        return secret;
    }

    private static JobFailedException failure(LocalRun.RunOutcome outcome) {
        return Objects.requireNonNull(outcome.failure());
    }

    /** Runs a job from {@code input} to an object, with {@code ca} as {@code spec.s3.caSecret} unless it is null. */
    private LocalRun.RunOutcome run(String endpoint, String input, @Nullable Path ca) {
        return ca == null
                ? run(endpoint, input, "", List.of())
                : run(endpoint, input, ", caSecret: {name: ca}", List.of("ca=" + ca));
    }

    private LocalRun.RunOutcome run(String endpoint, String input, String more, List<String> secrets) {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: test}
                spec:
                  input: {files: ["%s"]}
                  operation: {average: {column: price}}
                  output: {uri: "s3://prices/out.csv"}
                  s3: {endpoint: "%s", region: eu-west-1, pathStyle: true, credentialsSecret: {name: s3}%s}
                """.formatted(input, endpoint, more);
        List<String> all = new ArrayList<>(secrets);
        all.add(storage.secretOption());
        LocalOptions options = new LocalOptions(folder, Secrets.of(all), Mounts.NONE, null, false, null, _ -> {});
        try {
            return new LocalRun(ManifestReader.read(manifest), options, Clock.systemUTC()).run();
        } catch (InvalidManifestException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
