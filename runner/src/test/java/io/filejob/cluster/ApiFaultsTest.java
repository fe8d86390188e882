package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.kubernetes.ApiServer;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.testing.kubernetes.FaultyProxy.Fault;
import io.filejob.testing.kubernetes.RealApiServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every request succeeds despite temporary faults, or fails with the reason. */
final class ApiFaultsTest {
    @TempDir
    private Path folder;

    private TestJob job;

    @BeforeEach
    void job() {
        job = new TestJob("input: {generate: {files: 1, entriesPerFile: 1}}, operation: {average: {}}", 1, folder);
    }

    @AfterEach
    void close() {
        job.close();
    }

    @ParameterizedTest
    @EnumSource
    void oneOfAnyFaultDoesNotMatter(Fault fault) {
        ConfigMaps configMaps = job.configMaps();
        job.proxy.next("POST", fault);
        job.proxy.next("PUT", fault);
        job.proxy.next("GET", fault);
        assertThat(configMaps.write("x", configMap("x", "1"))).isTrue();
        assertThat(configMaps.write("x", configMap("x", "2"))).isTrue();
        assertThat(configMaps.get("x"))
                .hasValueSatisfying(
                        read -> assertThat(read.at("/data/value").asText()).isEqualTo("2"));
        for (String method : new String[] {"POST", "PUT", "GET"}) {
            assertThat(job.proxy.isExhausted(method)).as(method).isTrue();
        }
    }

    @Test
    void manyFaultsInARowDoNotMatterEither() {
        ConfigMaps configMaps = job.configMaps();
        job.proxy.next("POST", Fault.LOST, Fault.BROKEN, Fault.ANSWER_LOST);
        job.proxy.next("PUT", Fault.TOO_MANY, Fault.ANSWER_LOST);
        assertThat(configMaps.write("x", configMap("x", "1"))).isTrue();
        assertThat(configMaps.get("x")).isPresent();
    }

    @Test
    void whatIsThereIsReplacedAndWhatIsGoneIsMadeAgain() {
        assertThat(job.configMaps().write("x", configMap("x", "1"))).isTrue();
        ConfigMaps another = job.configMaps();
        assertThat(another.write("x", configMap("x", "2"))).as("POST, then PUT").isTrue();
        RealApiServer.get().kubectl("", "delete", "configmap", "x", "-n", job.namespace);
        assertThat(another.get("x")).isEmpty();
        assertThat(another.write("x", configMap("x", "3"))).as("PUT, then POST").isTrue();
        assertThat(another.get("x"))
                .hasValueSatisfying(
                        read -> assertThat(read.at("/data/value").asText()).isEqualTo("3"));
    }

    @Test
    void theServerSaysHowLongToWait() {
        ConfigMaps configMaps = job.configMaps();
        job.proxy.next("GET", Fault.TOO_MANY, Fault.TOO_MANY);
        Instant begun = Instant.now();
        assertThat(configMaps.get(TestJob.NAME)).isPresent();
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(1990));
    }

    @Test
    void whatIsTooLargeIsNotWritten() {
        String value = "x".repeat(4 * 1024 * 1024);
        assertThat(job.configMaps().write("x", configMap("x", value))).isFalse();
    }

    @Test
    void aListIsReadToItsEnd() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 501; i++) {
            all.append(String.format(
                    Locale.ROOT,
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: m%d, namespace: %s, labels: {many: x}}}\n---\n",
                    i,
                    job.namespace));
        }
        RealApiServer.get().kubectl(all.toString(), "create", "--validate=false", "-f", "-");
        assertThat(job.configMaps().list("many=x"))
                .extracting(metadata -> metadata.path("name").asText())
                .doesNotHaveDuplicates()
                .hasSize(501);
        assertThat(job.proxy.count("LIST")).isEqualTo(2);
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() {
        ConfigMaps configMaps = job.configMaps(Duration.ofSeconds(1));
        job.proxy.down(true);
        assertFails(
                () -> configMaps.get("x"), ExitCode.UNAVAILABLE, job.proxy.uri().toString());
        int before = job.proxy.count("GET");
        assertThat(before).as("attempts before it was given up").isGreaterThan(2);
        assertFails(() -> configMaps.get("x"), ExitCode.UNAVAILABLE, "can no longer be reached");
        assertThat(job.proxy.count("GET") - before)
                .as("requests after it was given up: one attempt, which the JDK's client may send twice")
                .isBetween(1, 2);
    }

    @Test
    void rightsThatAreMissingAreNamed() {
        ConfigMaps elsewhere = new ConfigMaps(server(job.proxy.uri()), "default");
        assertFails(
                () -> elsewhere.get("x"),
                ExitCode.CREDENTIALS_REFUSED,
                "system:serviceaccount:" + job.namespace + ":filejob-worker");
    }

    @Test
    void aTokenIsReadAgainWhenItIsReplaced() throws IOException {
        ConfigMaps configMaps = job.configMaps();
        assertThat(configMaps.get(TestJob.NAME)).isPresent();
        String good = Files.readString(job.token());
        Files.writeString(job.token(), "expired");
        assertFails(() -> configMaps.get(TestJob.NAME), ExitCode.CREDENTIALS_REFUSED, "is not accepted");
        Files.writeString(job.token(), good);
        assertThat(configMaps.get(TestJob.NAME)).isPresent();
        Files.delete(job.token());
        assertFails(
                () -> configMaps.get(TestJob.NAME),
                ExitCode.CREDENTIALS_REFUSED,
                job.token().toString());
    }

    @Test
    void theServersCertificateIsChecked() {
        URI real = RealApiServer.get().uri();
        assertThat(new ConfigMaps(server(real), job.namespace).get(TestJob.NAME))
                .isPresent();
        ApiServer another = new ApiServer(
                new io.filejob.kubernetes.ApiAccess(real, job.token(), otherAuthority(), Duration.ofSeconds(20)));
        assertFails(
                () -> new ConfigMaps(another, job.namespace).get(TestJob.NAME),
                ExitCode.CREDENTIALS_REFUSED,
                "is not trusted");
    }

    private static Path otherAuthority() {
        return RealApiServer.get().authorities().resolveSibling("client.crt");
    }

    private ApiServer server(URI uri) {
        return new ApiServer(job.access(uri, Duration.ofSeconds(20)));
    }

    private static ObjectNode configMap(String name, String value) {
        ObjectNode configMap =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        configMap.putObject("metadata").put("name", name);
        configMap.putObject("data").setAll(Collections.singletonMap("value", configMap.textNode(value)));
        return configMap;
    }

    private static void assertFails(ThrowingCallable call, ExitCode code, String named) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(code))
                .hasMessageContaining(named);
    }
}
