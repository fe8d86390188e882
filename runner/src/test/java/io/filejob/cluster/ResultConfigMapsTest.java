package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.merge.Merge;
import io.filejob.security.Sha256;
import io.filejob.status.JobResult;
import io.filejob.status.ResultOutput;
import io.filejob.testing.kubernetes.FaultyProxy;
import io.filejob.testing.kubernetes.RealApiServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result in a ConfigMap is the same as in a file, and belongs to the user. */
final class ResultConfigMapsTest {
    private static final String INPUT =
            "name,price\n\"ä, \"\"b\"\"\r\nc\",1.5\nd,2\n\u0001,3\n\"ä, \"\"b\"\"\r\nc\",4\n";
    private static final String AVERAGE =
            "input: {generate: {files: 6, entriesPerFile: 100}}, operation: {average: {}}";
    private static final String IN_CONFIG_MAP = ", output: {configMap: {name: totals}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                AVERAGE,
                "input: {files: [FOLDER/in.csv], sliceBytes: 7}, operation: {average: {column: price}}",
                "input: {files: [FOLDER/in.csv], sliceBytes: 7}, operation: {aggregate: {groupBy: [name], measures: [{function: sum, column: price}]}}",
                "input: {files: [FOLDER/in.csv], sliceBytes: 7}, operation: {aggregate: {groupBy: [name], measures: [{function: count}], top: {by: count, limit: 2}}}"
            })
    void itHoldsTheBytesOfALocalRunsFile(String operation) throws Exception {
        Files.writeString(folder.resolve("in.csv"), INPUT);
        String spec = operation.replace("FOLDER", folder.toString());
        Path output = folder.resolve("out.csv");
        JobResult local = runHere(spec + ", output: {uri: '" + output + "'}");
        try (TestJob job = new TestJob(spec + IN_CONFIG_MAP, 1, folder)) {
            assertThat(job.worker(0, 1, folder).run()).isTrue();

            JsonNode there = read(job, "totals");
            assertThat(there.path("data").size()).isEqualTo(1);
            assertThat(content(there)).isEqualTo(Files.readString(output));
            JobResult result = result(job);
            assertThat(result.digest()).isEqualTo(local.digest()).isEqualTo(Sha256.of(bytes(content(there))));
            assertThat(result.output().bytes())
                    .isEqualTo(local.output().bytes())
                    .isEqualTo(Files.size(output));
            assertThat(result.output().uri()).isEqualTo("configmap:totals/result.csv");
            assertThat(withoutUri(result)).isEqualTo(withoutUri(local));
        }
    }

    private JobResult runHere(String spec) throws Exception {
        LocalRun run = new LocalRun(
                ManifestReader.read("""
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: here}
                        spec: {%s}
                        """.formatted(spec)),
                new LocalOptions(folder, Files.createTempDirectory(folder, "local"), false, _ -> {}),
                Clock.systemUTC());
        return Objects.requireNonNull(run.run().status().result());
    }

    private static JobResult withoutUri(JobResult result) {
        return result.with(
                new ResultOutput(null, result.output().bytes(), result.output().digest()));
    }

    private static JobResult result(TestJob job) {
        return Objects.requireNonNull(Merge.complete(
                        job.job().spec(),
                        Coverage.of(job.plan(), job.store().ledgers()),
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(1))
                .result());
    }

    @Test
    void itSaysWhoseItIsAndStaysWhenTheFileJobGoes() {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            write(job, "a\n");

            JsonNode metadata = read(job, "totals").path("metadata");
            assertThat(metadata.path("labels").toString())
                    .as("none by which the operator finds what is the job's own")
                    .isEqualTo("{\"filejob.io/result-of\":\"" + TestJob.UID + "\"}");
            assertThat(metadata.at("/annotations/filejob.io~1job-name").asText())
                    .isEqualTo("averages");
            assertThat(metadata.path("ownerReferences").isMissingNode()).isTrue();
        }
    }

    @Test
    void whatAnotherAttemptHasWrittenStaysAsItIs() {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            job.proxy.next("POST", FaultyProxy.Fault.ANSWER_LOST);
            write(job, "a\n");
            JsonNode first = read(job, "totals");

            write(job, "a\n");

            assertThat(content(first)).isEqualTo("a\n");
            assertThat(read(job, "totals")).isEqualTo(first);
            assertThat(job.proxy.count("PUT")).isZero();
        }
    }

    @Test
    void whatIsNotCommittedIsNotThere() {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            Target target = target(job);
            try (PendingFile file = target.destination().create(target.name(), "one")) {
                file.write(bytes("a\n"), 0, 2);
            }
            assertThat(RealApiServer.get().kubectl("", "get", "configmaps", "-n", job.namespace, "-o", "name"))
                    .doesNotContain("totals");
        }
    }

    @Test
    void theResultOfAnotherFileJobIsReplaced() {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            make(
                    job,
                    "totals",
                    "labels: {filejob.io/result-of: another, team: music}",
                    "data: {result.csv: a, more: b}");

            write(job, "c\n");

            JsonNode there = read(job, "totals");
            assertThat(there.path("data").toString()).isEqualTo("{\"result.csv\":\"c\\n\"}");
            assertThat(there.at("/metadata/labels/filejob.io~1result-of").asText())
                    .isEqualTo(TestJob.UID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "labels: {filejob.io/job-uid: another, filejob.io/role: ledger}"})
    void whatNoFileJobWroteIsNotReplaced(String labels) {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            make(job, "totals", labels, "data: {result.csv: mine}");
            JsonNode before = read(job, "totals");

            assertRefused(
                    () -> write(job, "a\n"),
                    "the output configmap:totals/result.csv cannot be written: there is a ConfigMap totals that no FileJob"
                            + " wrote: name another in spec.output.configMap, or remove it");
            assertRefused(() -> job.storage().checkConfigMap(job.job().spec()), "no FileJob wrote");
            assertThat(read(job, "totals")).isEqualTo(before);
        }
    }

    @Test
    void anotherResultThatCannotBeChangedIsNamed() {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            make(job, "totals", "labels: {filejob.io/result-of: another}", "data: {result.csv: a}\nimmutable: true");

            assertRefused(() -> write(job, "b\n"), "the ConfigMap totals is immutable");
        }
    }

    /** A quote takes two bytes in JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"\"", "ä"})
    void asMuchAsFitsIsWritten(String text) {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            String content = text.repeat(1_000_000 / bytes(text).length);
            write(job, content);
            assertThat(content(read(job, "totals")).equals(content)).isTrue();
        }
    }

    @Test
    void moreThanFitsFailsTheJobWithItsSize() {
        try (TestJob job = new TestJob(AVERAGE + IN_CONFIG_MAP, 1, folder)) {
            assertRefused(
                    () -> write(job, "a".repeat(1_000_001)),
                    "the output configmap:totals/result.csv cannot be written: its 1,000,001 bytes do not fit a ConfigMap,"
                            + " which holds 1,000,000: name a file in spec.output.uri instead");
            assertThat(job.proxy.writes()).isZero();
        }
    }

    private static void assertRefused(Runnable what, String words) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.NO_OUTPUT))
                .hasMessageContaining(words);
    }

    private static Target target(TestJob job) {
        return job.storage().target(Objects.requireNonNull(job.job().spec().output()));
    }

    private static void write(TestJob job, String text) {
        Target target = target(job);
        byte[] content = bytes(text);
        try (PendingFile file = target.destination().create(target.name(), "one")) {
            // In chunks, as an operation writes them.
            for (int at = 0; at < content.length; at += 400_001) {
                file.write(content, at, Math.min(400_001, content.length - at));
            }
            file.commit();
        }
    }

    /** Creates a ConfigMap before the job runs. */
    private static void make(TestJob job, String name, String metadata, String content) {
        RealApiServer.get().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: %s, %s}
                %s
                """.formatted(name, job.namespace, metadata, content));
    }

    private static JsonNode read(TestJob job, String name) {
        return RealApiServer.get().read("-n", job.namespace, "configmap", name);
    }

    private static String content(JsonNode configMap) {
        return configMap.path("data").path("result.csv").asText();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
