package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.http.Tap;
import io.filejob.testing.s3.S3Server;
import io.filejob.testing.s3.StsServer;
import io.filejob.testing.tls.Authority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials for object storage come from a Secret, if one is named, otherwise from the environment. */
@Timeout(180)
final class CredentialsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private static final String NO_SECRET = "";
    private static final String SECRET = ", credentialsSecret: {name: mine}";

    private static final byte[] CONTENT = ("price\n" + "2.5\n3.5\n".repeat(300)).getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    final Workbench bench = new Workbench();

    private S3Server storage;
    private Tap tap;

    @BeforeEach
    void start() throws IOException {
        storage = new S3Server(Files.createDirectory(bench.path("s3")));
        storage.bucket("jobs");
        storage.put("jobs", "in/a.csv", CONTENT);
        tap = new Tap(storage.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        tap.close();
        storage.close();
    }

    @Test
    void keysOfTheEnvironmentAreThoseOfEveryProcessAndComeBeforeAWebIdentity() {
        Map<String, String> environment = new HashMap<>(keys(S3Server.ACCESS_KEY, S3Server.SECRET_KEY));
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", bench.path("nowhere").toString());
        environment.put("AWS_ROLE_ARN", ROLE);
        run(environment, NO_SECRET, "--processes", "-w", 2).with(0);
        assertWrittenBy(S3Server.ACCESS_KEY);
        assertThat(tap.headers("x-amz-security-token")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nobody, test-secret-key", "test-access-key, wrong"})
    void keysOfTheEnvironmentThatAreWrongAreRefused(String accessKey, String secretKey) {
        assertThat(run(keys(accessKey, secretKey), NO_SECRET).with(77).err())
                .contains("s3://jobs/", "the credentials are refused");
    }

    @Test
    void whereNothingSaysAsWhomThatIsSaid() {
        assertThat(run(Map.of(), NO_SECRET).with(77).err())
                .contains("s3://jobs/", "no credentials are found", "spec.s3.credentialsSecret");
        assertThat(tap.headers("host")).isEmpty();
    }

    @Test
    void aSecretMayHoldASessionAndComesBeforeTheEnvironment() {
        storage.admit("ASIAMINE", "my-secret-key");
        Path secret = bench.write(
                "mine.env",
                "AWS_ACCESS_KEY_ID=ASIAMINE\nAWS_SECRET_ACCESS_KEY=my-secret-key\nAWS_SESSION_TOKEN=my+token==\n");
        run(keys("nobody", "wrong"), SECRET, "--secret", "mine=" + secret).with(0);
        assertWrittenBy("ASIAMINE");
        assertThat(tap.headers("x-amz-security-token"))
                .hasSameSizeAs(tap.headers("authorization"))
                .containsOnly("my+token==");
    }

    @Test
    void theTokenOfAWebIdentityIsGivenForASession() throws IOException {
        try (StsServer sts = new StsServer(storage, bench.path("token"))) {
            run(identity(sts), NO_SECRET).with(0);
            assertThat(sts.requests())
                    .as("a session is used as long as it lasts")
                    .singleElement()
                    .isEqualTo(Map.of(
                            "Action", "AssumeRoleWithWebIdentity",
                            "Version", "2011-06-15",
                            "RoleArn", ROLE,
                            "RoleSessionName", "worker",
                            "WebIdentityToken", StsServer.token(0)));
            assertWrittenBy(StsServer.accessKey(0));
            assertThat(tap.headers("x-amz-security-token"))
                    .hasSameSizeAs(tap.headers("authorization"))
                    .containsOnly(StsServer.sessionToken(0));
        }
    }

    /** Sessions of half a minute are too short to be reused, so each request asks for a new one. */
    @Test
    void aSessionThatEndsIsReplacedByOneForTheTokenThatIsThereThen() throws IOException {
        try (StsServer sts = new StsServer(storage, bench.path("token"))) {
            sts.setValidity(Duration.ofSeconds(30));
            run(identity(sts), NO_SECRET).with(0);
            assertThat(sts.requests().getLast())
                    .containsEntry(
                            "WebIdentityToken", StsServer.token(sts.requests().size() - 1));
            assertThat(tap.headers("x-amz-security-token"))
                    .contains(StsServer.sessionToken(0), StsServer.sessionToken(1), StsServer.sessionToken(2));
        }
    }

    @Test
    void aTokenThatIsRefusedIsNamed() throws IOException {
        try (StsServer sts = new StsServer(storage, bench.path("token"))) {
            Path another = bench.write("another-token", "nonsense");
            Map<String, String> environment = identity(sts);
            environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", another.toString());
            assertThat(run(environment, NO_SECRET).with(77).err())
                    .contains(another.toString(), "InvalidIdentityToken", "the token is not known");
        }
    }

    @Test
    void aTokenThatIsNotThereIsNamed() throws IOException {
        try (StsServer sts = new StsServer(storage, bench.path("token"))) {
            Map<String, String> environment = identity(sts);
            environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", bench.path("nowhere").toString());
            assertThat(run(environment, NO_SECRET).with(77).err())
                    .contains(bench.path("nowhere").toString(), "there is no such file");
            assertThat(sts.requests()).isEmpty();
        }
    }

    /** The service may respond later, so another attempt is worthwhile. */
    @ParameterizedTest
    @CsvSource({"503, ServiceUnavailable", "400, IDPCommunicationError"})
    void aServiceOfSessionsThatFailsIsAskedAgainAndUnavailable(int status, String error) throws IOException {
        try (StsServer sts = new StsServer(storage, bench.path("token"))) {
            sts.refuseWith(status, error);
            assertThat(run(identity(sts), NO_SECRET).with(69).err())
                    .contains("STS gives no session for the token in " + bench.path("token"), error);
            assertThat(sts.requests()).hasSize(5);
        }
    }

    /** A storage with a private certificate authority has a token service of the same authority. */
    @Test
    void theAuthorityOfTheStorageIsThatOfSessionsToo() throws IOException {
        Authority authority = new Authority(Files.createDirectory(bench.path("authority")));
        SSLContext tls = authority.server("ip:127.0.0.1");
        Files.createDirectory(bench.path("ca"));
        bench.write("ca/ca.crt", authority.pem());
        try (S3Server secure = new S3Server(Files.createDirectory(bench.path("secure")), tls);
                StsServer sts = new StsServer(secure, bench.path("token"), tls)) {
            secure.bucket("jobs");
            secure.put("jobs", "in/a.csv", CONTENT);
            Path trusting = manifest(secure.secureEndpoint(), ", caSecret: {name: ca}");
            run(identity(sts), trusting, "--secret", "ca=" + bench.path("ca")).with(0);
            assertThat(secure.get("jobs", "out.csv")).asString().isEqualTo("average\n3\n");
            Path distrusting = manifest(secure.secureEndpoint(), "");
            assertThat(run(identity(sts), distrusting).with(77).err())
                    .contains("STS gives no session for the token in " + bench.path("token"))
                    .contains("certificate is not trusted", "spec.s3.caSecret");
        }
    }

    private void assertWrittenBy(String... accessKeys) {
        assertThat(storage.get("jobs", "out.csv")).asString().isEqualTo("average\n3\n");
        List<String> credentials = tap.headers("authorization").stream()
                .map(header -> header.replaceFirst("AWS4-HMAC-SHA256 Credential=([^/]*)/.*", "$1"))
                .toList();
        assertThat(credentials).containsOnly(accessKeys);
    }

    private static Map<String, String> keys(String accessKey, String secretKey) {
        return Map.of("AWS_ACCESS_KEY_ID", accessKey, "AWS_SECRET_ACCESS_KEY", secretKey);
    }

    private Map<String, String> identity(StsServer sts) {
        return new HashMap<>(Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                bench.path("token").toString(),
                "AWS_ROLE_ARN",
                ROLE,
                "AWS_ROLE_SESSION_NAME",
                "worker",
                "AWS_ENDPOINT_URL_STS",
                sts.endpoint()));
    }

    private Path manifest(String endpoint, String more) {
        return bench.manifest(
                "job.yaml",
                Manifests.csv("s3://jobs/in/", "1Ki")
                        + ", output: {uri: \"s3://jobs/out.csv\"}, s3: {endpoint: \"%s\", region: eu-west-1, pathStyle: true%s}"
                                .formatted(endpoint, more));
    }

    private FilejobProcess.End run(Map<String, String> environment, String more, Object... options) {
        return run(environment, manifest(tap.endpoint(), more), options);
    }

    /** Runs {@code filejob} without other credentials: no user settings, no role of the machine. */
    private FilejobProcess.End run(Map<String, String> environment, Path manifest, Object... options) {
        Workbench.How how = new Workbench.How()
                .environment(Map.of(
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_CONFIG_FILE", bench.path("none").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE", bench.path("none").toString()))
                .environment(environment);
        return bench.start(
                        how,
                        Stream.of(Stream.of("run", "-q"), Stream.of(options), Stream.of(manifest))
                                .flatMap(arguments -> arguments)
                                .toArray())
                .end();
    }
}
