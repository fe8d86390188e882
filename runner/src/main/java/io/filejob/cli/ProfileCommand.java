package io.filejob.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.StacksConfigMap;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.profile.ProcessRecording;
import io.filejob.profile.RunProfile;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code filejob profile}. */
@Command(
        name = "profile",
        description = "Writes a flame graph in HTML: of a FileJob process that is running on this machine, or of the"
                + " profiles that the workers of a job have written in a cluster.")
final class ProfileCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 3600;

    @Spec
    private CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long the process is recorded, from 1 to " + MAX_SECONDS + ". Default: 10.")
    private int seconds;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file of the flame graph.")
    private Path output;

    /** The source of the stacks. */
    static final class Source {
        @Parameters(
                paramLabel = "PID",
                description = "The ID of a process of the same user, such as filejob run; it needs the jcmd of a JDK.")
        private @Nullable Long process;

        @Option(
                names = "--config-maps",
                paramLabel = "FILE",
                description = "The ConfigMaps with the profiles, as kubectl get configmap -o json prints them; - for"
                        + " standard input.")
        private @Nullable Path configMaps;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw new ParameterException(
                    command.commandLine(), "--seconds: " + seconds + " is not between 1 and " + MAX_SECONDS);
        }
        Long process = source.process;
        Path configMaps = source.configMaps;
        RunProfile profile =
                new RunProfile(output, "--output", process == null ? "FileJob" : "FileJob process " + process);
        profile.check();
        if (process != null) {
            profile.add(ProcessRecording.record(process, Duration.ofSeconds(seconds)));
        } else if (configMaps != null) {
            addAll(profile, configMaps);
        }
        profile.write();
        return ExitCode.DONE.number();
    }

    private static void addAll(RunProfile profile, Path file) {
        try {
            JsonNode list = Json.parse(
                            file.toString().equals("-")
                                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                                    : Files.readString(file))
                    .orElseThrow(() -> new IOException("it is not JSON"));
            for (JsonNode map : list.path("items")) {
                byte[] packed =
                        map.path("binaryData").path(ClusterNames.STACKS_KEY).binaryValue();
                if (packed != null) {
                    profile.add(StacksConfigMap.decode(packed));
                }
            }
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "--config-maps: " + file + " cannot be read: " + IoReason.of(e), e);
        }
    }
}
