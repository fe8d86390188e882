package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that an earlier release has left. */
final class EarlierLeftoversTest {
    private static final Path RELEASE = Path.of("src/test/resources/releases/protocol-0.jar");

    @RegisterExtension
    final Workbench bench = new Workbench();

    @ParameterizedTest
    @ValueSource(strings = {"022", "077"})
    void theTemporaryFolderOfALiveRunStaysUntilTheRunIsKilled(String umask) throws IOException {
        Path manifest = bench.manifest("job.yaml", Manifests.generated(100_000, 1_000));
        Path quick = bench.manifest("quick.yaml", Manifests.generated(1, 1));
        Workbench.How earlier = new Workbench.How().release(RELEASE).umask(umask);
        FilejobProcess run = bench.start(earlier, "run", "-q", manifest);
        Moments.generatedFile(run, bench.temporary(), 1);
        assertThat(bench.scratch())
                .hasSize(2)
                .anyMatch(name -> name.endsWith(".lock"))
                .anyMatch(name -> !name.endsWith(".lock"));
        Path folder = bench.temporary().resolve(bench.scratch().getFirst());
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));

        bench.run("run", "-q", quick).with(0);
        assertThat(bench.scratch()).hasSize(2);
        assertThat(run.isAlive()).isTrue();

        run.kill();
        assertThat(bench.scratch()).hasSize(2);
        bench.run("run", "-q", quick).with(0);
        bench.assertNoScratch();
    }

    @Test
    void theDocumentedCommandDeletesTheirTemporaryFilesAndNoOthers() throws IOException, InterruptedException {
        Matcher command = Pattern.compile("(?m)^find \"\\$folder\" .*-delete$")
                .matcher(Files.readString(Path.of("../docs/how-to/clean-up.md")));
        assertThat(command.find()).isTrue();
        String attempt = UUID.randomUUID().toString();
        Path folder = Files.createDirectory(bench.path("out"));
        old(folder.resolve(".out.csv." + attempt + ".tmp"));
        Path recent = Files.createFile(folder.resolve(".rejects.csv." + attempt + ".tmp"));
        Path own = old(folder.resolve(".notes.tmp"));
        Path output = old(folder.resolve("out.csv." + attempt + ".tmp"));
        Path nested = Files.createDirectory(folder.resolve(".folder." + attempt + ".tmp"));
        Path inside = old(nested.resolve(".out.csv." + attempt + ".tmp"));

        Process find = new ProcessBuilder("sh", "-c", "folder=$1; " + command.group(), "sh", folder.toString())
                .inheritIO()
                .start();

        assertThat(find.waitFor()).isZero();
        assertThat(Workbench.names(folder))
                .containsExactlyInAnyOrder(
                        String.valueOf(recent.getFileName()),
                        String.valueOf(own.getFileName()),
                        String.valueOf(output.getFileName()),
                        String.valueOf(nested.getFileName()));
        assertThat(inside).exists();
    }

    private static Path old(Path path) throws IOException {
        Files.createFile(path);
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    }
}
