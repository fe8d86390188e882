package io.filejob.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.time.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusFileTest {
    private static final String JOB = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: small}
            spec:
              input: {%s}
              operation: {average: {%s}}
            """;
    private static final String GENERATED =
            JOB.formatted("generate: {files: 10, entriesPerFile: 100, filesPerSlice: 1}", "");

    @TempDir
    Path folder;

    private FileJobStatus written() throws Exception {
        FileJob job = ManifestReader.readWithStatus(Files.readString(folder.resolve("status.json")));
        return requireNonNull(job.status());
    }

    private int run(String manifest) throws Exception {
        Path file = Files.writeString(folder.resolve("job.yaml"), manifest);
        return Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()))
                .execute("run", "--quiet", "--status-file=" + folder.resolve("status.json"), file.toString());
    }

    @Test
    void theFileShowsAJobThatIsPreparedThenWaitsThenRuns() throws Exception {
        FileJob job = ManifestReader.read(GENERATED);
        StatusFile status = StatusFile.of(folder.resolve("status.json"), job, new TestClock());
        assertThat(written().phase()).isEqualTo(Phase.PENDING);
        status.waiting("listing the input");
        assertThat(written().message()).isEqualTo("listing the input");
        try (Storage storage = Storage.of(job.spec(), folder, Secrets.NONE, Mounts.of(List.of()))) {
            status.accept(Coverage.of(Planner.plan(job.spec(), storage), List.of()));
        }
        assertThat(written().phase()).isEqualTo(Phase.RUNNING);
        assertThat(requireNonNull(written().slices()).total()).isEqualTo(10);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theFileOfACompleteJobHasItsResult() throws Exception {
        assertThat(run(GENERATED)).isZero();
        assertThat(written().phase()).isEqualTo(Phase.COMPLETE);
        assertThat(requireNonNull(written().rows()).in()).isEqualTo(1000);
    }

    @Test
    void theFileOfAFailedJobHasItsReason() throws Exception {
        assertThat(run(JOB.formatted("files: [missing.csv]", "column: price"))).isEqualTo(ExitCode.NO_INPUT.number());
        assertThat(written().phase()).isEqualTo(Phase.FAILED);
        assertThat(written().reason()).isEqualTo("InputMissing");
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheRun() throws Exception {
        Files.createDirectories(folder.resolve("status.json/x"));
        assertThat(run(GENERATED)).isEqualTo(ExitCode.NO_OUTPUT.number());
    }
}
