package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.filejob.api.FileJob;
import io.filejob.engine.OverwriteCheck;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.Planner;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No object that a job reads is overwritten, regardless of the spelling of its key. */
final class S3OverwriteTest {
    @TempDir
    private static Path shared;

    private static S3Server server;

    @BeforeAll
    static void start() {
        server = new S3Server(shared);
        server.bucket("plays");
        server.bucket("other");
        for (String key : List.of("in/a b.csv", "in/sales-2.csv", "old/t-3.csv", "store/x.csv")) {
            server.put("plays", key, "Song,Plays\na,1\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Checks a spec that no check of manifests has seen, as if it had missed the alias. */
    private static void check(String spec) throws IOException {
        Files.createDirectories(shared.resolve("base"));
        FileJob job =
                new YAMLMapper().readValue("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: overwrite}
                spec:
                  operation: {aggregate: {groupBy: [Song], measures: [{function: count}]}}
                  onBadRecord: skip
                  %s
                  %s
                """.formatted(spec.replace("; ", "\n  "), server.yaml()), FileJob.class);
        try (Storage storage = Storage.of(
                job.spec(), shared.resolve("base"), Secrets.of(List.of(server.secretOption())), Mounts.NONE)) {
            String store =
                    job.spec().store() == null ? null : job.spec().store().uri();
            OverwriteCheck.check(job.spec(), Planner.plan(job.spec(), storage), storage, store, List.of());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input: {files: ['s3://plays/in/a%20b.csv']}; output: {uri: 's3://plays/in/a b.csv'} | input files",
                "input: {files: ['s3://plays/in/']}; output: {uri: 's3://plays/in/%61%20b.csv'} | input files",
                "input: {files: ['s3://plays/**']}; output: {uri: 's3://plays/in/sales.csv', parts: 3} | input files",
                "input: {files: ['s3://plays/in/']}; rejects: {uri: 's3://plays/in/a%20b.csv'} | spec.rejects.uri",
                "input: {files: ['s3://plays/in/']}; output: {uri: 's3://plays/o.csv'}; rejects: {uri: 's3://plays/%6F.csv'} | too",
                "input: {files: ['s3://plays/in/']}; output: {uri: 's3://plays/o.csv', parts: 2}; rejects: {uri: 's3://plays/o-2.csv'} | too",
                "input: {files: ['s3://plays/in/']}; output: {uri: 's3://plays/s/o.csv'}; store: {uri: 's3://plays/s'} | store",
                "input: {files: ['s3://plays/**']}; output: {uri: 's3://other/o.csv'}; store: {uri: 's3://plays/store/'} | store",
            })
    void anAliasIsRefused(String spec, String problem) {
        assertThatThrownBy(() -> check(spec))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST))
                .hasMessageContaining(problem);
    }

    @Test
    void partsOfAnEarlierRunAreRefused() {
        assertThatThrownBy(() ->
                        check("input: {files: ['s3://plays/in/']}; output: {uri: 's3://plays/old/t.csv', parts: 2}"))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_OUTPUT))
                .hasMessageContaining("s3://plays/old/t-3.csv");
    }

    @Test
    void keysOfOtherBucketsAndFoldersAreOthers() throws IOException {
        check(
                "input: {files: ['s3://plays/in/']}; output: {uri: 's3://other/in/a b.csv'}; store: {uri: 's3://plays/i'}");
    }
}
