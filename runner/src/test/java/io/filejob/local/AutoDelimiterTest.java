package io.filejob.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestEdits;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code delimiter: auto} gives the same result as the delimiter by name, or none. */
final class AutoDelimiterTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void input() throws IOException {
        StringBuilder rows = new StringBuilder("k;v\n");
        for (int i = 0; i < 500; i++) {
            rows.append("\"song, ").append(i % 7).append(";\n\";").append(i).append('\n');
        }
        Files.writeString(folder.resolve("1.csv"), "\n");
        Files.writeString(folder.resolve("2.csv"), rows);
        Files.writeString(folder.resolve("3.csv"), "k;v\n\"a|b\";7\n");
    }

    private static FileJob job(String settings, int workers, int sliceBytes) {
        try {
            return ManifestReader.readLocal(
                            """
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: auto}
                    spec:
                      workers: %s
                      input: {files: ["*.csv"], sliceBytes: %s, format: %s}
                      output: {uri: out.txt}
                      operation: {aggregate: {groupBy: ["%s"], measures: [{function: sum, column: "%s"}]}}
                    """.formatted(
                                            workers,
                                            sliceBytes,
                                            settings,
                                            settings.contains("header") ? "#1" : "k",
                                            settings.contains("header") ? "#2" : "v"),
                            ManifestEdits.NONE)
                    .job();
        } catch (InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable JobFailedException run(FileJob job, @Nullable Path store) throws InterruptedException {
        return new LocalRun(job, new LocalOptions(folder, store, false, _ -> {}), Clock.systemUTC())
                .run()
                .failure();
    }

    private String output(FileJob job) throws InterruptedException, IOException {
        assertThat(run(job, null)).isNull();
        return Files.readString(folder.resolve("out.txt"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000", "3, 64", "2, 7"})
    void theResultIsThatOfTheDelimiterByNameInEverySlicing(int workers, int sliceBytes) throws Exception {
        String named = output(job("{csv: {delimiter: ';'}}", 1, 1_000_000));
        assertThat(named).contains("\"song, 6;\n\",").contains("a|b,7\n");
        assertThat(output(job("{csv: {delimiter: auto}}", workers, sliceBytes))).isEqualTo(named);
        assertThat(output(job("auto", workers, sliceBytes))).isEqualTo(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,1\n", "a\n"})
    void aFileThatTheFoundDelimiterDoesNotDivideIsRefusedByName(String content) throws Exception {
        String settings = "{csv: {delimiter: auto, header: false, fillMissing: true}}";
        Files.writeString(folder.resolve("2.csv"), "b;1\n");
        Files.writeString(folder.resolve("3.csv"), "b;2\n");
        assertThat(output(job(settings, 1, 1000))).isEqualTo("#1,sum(#2)\nb,3\n");

        Files.writeString(folder.resolve("3.csv"), content);
        JobFailedException refused = Objects.requireNonNull(run(job(settings, 1, 1000), null));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused).hasMessageContaining("3.csv: its first record has no \";\"");
    }

    @Test
    void severalPossibleDelimitersAreRefused() throws Exception {
        Files.writeString(folder.resolve("1.csv"), "k,l;v,w\n1,2;3,4\n");
        JobFailedException refused = Objects.requireNonNull(run(job("auto", 1, 1000), null));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused)
                .hasMessageContaining("1.csv: delimiter auto: its first records can be divided by")
                .hasMessageEndingWith("name the delimiter");
    }

    /** A later release may find another one, but the delimiter in the store is used. */
    @Test
    void aResumedRunTakesTheDelimiterFromItsStore() throws Exception {
        FileJob job = job("auto", 2, 64);
        Plan planned = Planner.plan(job.spec(), new Storage(folder));
        assertThat(planned.fingerprint().cut().delimiter()).isEqualTo(';');
        Path store = folder.resolve("store");
        DirectoryStore.ofRun(
                store,
                new Fingerprint(
                        planned.fingerprint().spec(),
                        planned.fingerprint().inputs(),
                        planned.fingerprint().cut().withDelimiter('|')));

        assertThat(Objects.requireNonNull(run(job, store)).getMessage()).contains("2.csv", "\"|\"");
    }
}
