package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.cluster.StacksConfigMap;
import io.filejob.failure.ExitCode;
import io.filejob.profile.FlamePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileCommandTest {
    /** The status of a job with at least ten finished slices. */
    private static final Pattern DONE = Pattern.compile("\"done\" : [0-9]{2,}");

    @TempDir
    Path folder;

    private Path flame() {
        return folder.resolve("flame.html");
    }

    @Test
    void aRunningProcessIsRecordedAndGoesOn() throws Exception {
        Path manifest = Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: endless}
                spec:
                  input: {generate: {files: 100000, entriesPerFile: 200000, filesPerSlice: 1}}
                  operation: {average: {}}
                """);
        Path status = folder.resolve("status.json");
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        command.addAll(List.of("io.filejob.cli.Main", "run", "-q", "--status-file=" + status, manifest.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(status)
                            && DONE.matcher(Files.readString(status)).find());
            End end = End.of("profile", Long.toString(process.pid()), "--seconds=3", "-o", flame().toString());
            assertThat(end.err()).isEmpty();
            assertThat(end.status()).isZero();
            assertThat(Files.readString(flame())).contains("FileJob process " + process.pid());
            assertThat(FlamePage.stacks(flame())).contains("io.filejob.worker.Worker.run");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void profilesOfSeveralWorkersAreMerged() throws Exception {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        for (String stacks : List.of("a.B.run;a.B.read 5\n", "a.B.run;a.B.write 7\n")) {
            list.withArray("items").addObject().putObject("binaryData").put("stacks", StacksConfigMap.encode(stacks));
        }
        Path maps = Files.writeString(folder.resolve("maps.json"), list.toString());
        End end = End.of("profile", "--config-maps", maps.toString(), "-o", flame().toString());
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(Files.readString(flame())).contains("FileJob: 12 samples");
        assertThat(FlamePage.stacks(flame())).contains("a.B.run;a.B.write 7\n", "a.B.run;a.B.read 5\n");
    }

    @Test
    void problemsAreNamed() {
        String missing = folder.resolve("missing/flame.html").toString();
        End unwritable = End.of("profile", "1", "-o", missing);
        assertThat(unwritable.status()).isEqualTo(ExitCode.NO_OUTPUT.number());
        assertThat(unwritable.err()).startsWith("filejob: --output: " + missing + " cannot be written: ");
        End nobody = End.of("profile", "999999999", "-o", flame().toString());
        assertThat(nobody.status()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(nobody.err()).isEqualTo("filejob: there is no process 999999999\n");
        End noMaps = End.of("profile", "--config-maps", folder.resolve("x").toString(), "-o", flame().toString());
        assertThat(noMaps.status()).isEqualTo(ExitCode.NO_INPUT.number());
        assertThat(End.of("profile", "-o", flame().toString()).status()).isEqualTo(ExitCode.USAGE.number());
        assertThat(End.of("profile", "1", "--seconds=0", "-o", flame().toString())
                        .status())
                .isEqualTo(ExitCode.USAGE.number());
    }
}
