package io.filejob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command runs in processes of its own, as in a pod: standard input is open, standard output is a pipe. */
final class ReadVolumeCommandTest {
    @TempDir
    private Path folder;

    private Path volume;

    @BeforeEach
    void createVolume() throws IOException {
        volume = Files.createDirectories(folder.resolve("volume"));
        Files.createDirectories(folder.resolve("scratch"));
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx32m"));
        command.addAll(List.of(Main.class.getName(), "read-volume", "--volume", volume.toString()));
        command.addAll(List.of("--scratch", folder.resolve("scratch").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Returns the output of a command that succeeds. */
    private byte[] read(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return out;
    }

    private void assertRefused(String problem, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(66);
        assertThat(Files.readString(folder.resolve("err"))).contains(problem);
    }

    @Test
    void theSizesOfAllFilesPrecedeThePartOfTheFirst() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Files.createDirectories(volume.resolve("out"));
        Files.write(volume.resolve("out/r 1.csv"), bytes);
        Files.writeString(volume.resolve("b.csv"), "12345");
        assertThat(read("out/r 1.csv", "b.csv")).asString(UTF_8).isEqualTo("3000000 5\n");
        assertThat(read("--from", "1", "--length", "3", "b.csv"))
                .asString(UTF_8)
                .isEqualTo("5\n234");
        byte[] whole = read("--length", "3000000", "out/r 1.csv");
        assertThat(whole).hasSize("3000000\n".length() + bytes.length).endsWith(bytes);
    }

    @Test
    void aLinkMayLeadToAFileOfTheVolumeOnly() throws Exception {
        Files.writeString(volume.resolve("r.csv"), "12345");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(volume.resolve("latest.csv"), Path.of("r.csv"));
        Files.createSymbolicLink(volume.resolve("out.csv"), folder.resolve("secret"));
        Files.createSymbolicLink(volume.resolve("up"), folder);
        assertThat(read("--length", "5", "latest.csv")).asString(UTF_8).isEqualTo("5\n12345");
        assertRefused("a link leads out of the volume", "out.csv");
        assertRefused("leads out of the volume", "up/secret");
        assertRefused("leads out of the volume", "../secret");
        assertRefused("leads out of the volume", folder.resolve("secret").toString());
    }

    @Test
    void onlyRegularFilesAreRead() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", volume.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertRefused("not a regular file", "pipe");
        assertRefused("not a regular file", ".");
        assertRefused("there is no such file", "missing.csv");
    }

    @Test
    void aFileThatIsShorterThanThePartIsAFailure() throws Exception {
        Files.writeString(volume.resolve("r.csv"), "12345");
        Process process = start("--from", "2", "--length", "4", "r.csv");
        assertThat(process.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("5\n345");
        assertThat(process.waitFor()).isEqualTo(66);
        assertThat(Files.readString(folder.resolve("err"))).contains("ends before the part that is read");
    }

    @Test
    void aReadEndsWithItsStandardInput() throws Exception {
        // More than a pipe holds, so that the process waits for this one.
        Files.write(volume.resolve("r.csv"), new byte[4 << 20]);
        Process process = start("--length", Integer.toString(4 << 20), "r.csv");
        try (InputStream out = process.getInputStream()) {
            assertThat(out.read()).isEqualTo('4');
            process.getOutputStream().close();
            assertThat(process.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void thePodIsKeptWhileFilesAreRead() throws Exception {
        Files.write(volume.resolve("r.csv"), new byte[4 << 20]);
        Process reading = start("--length", Integer.toString(4 << 20), "r.csv");
        try (InputStream out = reading.getInputStream()) {
            assertThat(out.read()).isEqualTo('4');
            Process kept = start("--idle", "2");
            assertThat(kept.waitFor(8, TimeUnit.SECONDS)).isFalse();
            reading.destroyForcibly().waitFor();
            assertThat(kept.waitFor()).isZero();
        }
    }
}
