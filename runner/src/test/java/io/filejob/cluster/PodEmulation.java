package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.FilejobJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts {@code filejob work} as processes with the environment of a pod; they are killed on close. */
final class PodEmulation implements AutoCloseable {
    private final Path folder;
    private final List<String> prefix;
    private final Path words;
    private final Path log;
    private final List<Process> started = new ArrayList<>();

    /** Creates one whose files are in {@code folder}; the commands begin with {@code prefix}. */
    PodEmulation(Path folder, String... prefix) {
        this.folder = folder;
        this.prefix = List.of(prefix);
        this.words = folder.resolve("termination-log");
        this.log = folder.resolve("log");
    }

    /** Returns the file of the termination message. */
    Path words() {
        return words;
    }

    Path log() {
        return log;
    }

    Process start(TestJob job) throws IOException {
        return start(job, Map.of(), TestJob.NAME);
    }

    Process start(TestJob job, Map<String, String> more, String configMap) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FILEJOB_KUBERNETES_URL",
                job.proxy.uri().toString(),
                "FILEJOB_KUBERNETES_TOKEN_FILE",
                job.token().toString(),
                "FILEJOB_NAMESPACE",
                job.namespace,
                "JOB_COMPLETION_INDEX",
                "0",
                "FILEJOB_ATTEMPT",
                "01234567-89ab-4cde-8000-000000000000"));
        environment.putAll(more);
        return start(environment, List.of("--config-map", configMap, "--in-flight", words.toString()));
    }

    Process start(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(FilejobJvm.command("-Xmx256m"));
        command.addAll(List.of("io.filejob.cli.Main", "work"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(log.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "KUBERNETES_SERVICE_HOST"));
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    int status(Process process) throws InterruptedException, IOException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(Files.readString(log))
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
