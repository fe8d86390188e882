package io.filejob.operation.linecount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.FilejobJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation is added by a package with its two classes and one line for each of them, without any other change. */
final class AddedOperationTest {
    private static final Path REGISTRATION =
            Path.of("src/test/resources/linecount").toAbsolutePath();
    private static final long LIMIT_SECONDS = 180;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeInput() throws IOException {
        StringBuilder rows = new StringBuilder("name,note\n");
        for (int i = 0; i < 5000; i++) {
            rows.append(i).append(i % 7 == 0 ? ",\"two\nlines\"\n" : ",one\n");
        }
        Files.writeString(folder.resolve("in.csv"), rows);
    }

    private Path manifest(String settings) throws IOException {
        return Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: lines}
                spec:
                  workers: 3
                  input: {files: [in.csv], format: {csv: {}}, sliceBytes: 4Ki}
                  operation: {lineCount: %s}
                  output: {uri: count.txt}
                """.formatted(settings));
    }

    private record End(int status, String text) {}

    private End filejob(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(FilejobJvm.command(REGISTRATION, List.of()));
        command.add("io.filejob.cli.Main");
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new End(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void itIsPlannedRunAndPublished() throws IOException, InterruptedException {
        Path job = manifest("{unit: products}");

        End plan = filejob("plan", job.toString());
        assertThat(plan.status()).as(plan.text()).isZero();
        assertThat(plan.text()).contains("map (count)", "publish (write the count)");

        End run =
                filejob("run", "--processes", "--store", folder.resolve("store").toString(), job.toString());
        assertThat(run.status()).as(run.text()).isZero();
        assertThat(run.text()).contains("5000 products in 1 file");
        assertThat(folder.resolve("count.txt")).hasContent("5000");
    }

    @Test
    void itsSettingsAreCheckedLikeAllOthers() throws IOException, InterruptedException {
        End unknown = filejob("validate", manifest("{units: products}").toString());
        assertThat(unknown.status()).as(unknown.text()).isNotZero();
        assertThat(unknown.text()).contains("spec.operation.lineCount.units: is unknown; did you mean \"unit\"?");

        End two = filejob("validate", manifest("{}, average: {column: name}").toString());
        assertThat(two.status()).as(two.text()).isNotZero();
        assertThat(two.text()).contains("spec.operation: average and lineCount are set");
    }
}
