package io.filejob.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service on this machine, as a process that can be killed. */
final class ServiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final String READY = "FileJob is ready at ";

    private final Process process;
    private final URI uri;

    private ServiceProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts a service on the data folder {@code data}, with further JVM options, and waits until it is ready. */
    static ServiceProcess start(Path data, String... options) throws IOException {
        return start(data, Map.of(), ProcessBuilder.Redirect.INHERIT, options);
    }

    /** Starts a service as {@link #start(Path, String...)} does, with variables of its environment and a file for its log. */
    static ServiceProcess start(
            Path data, Map<String, String> environment, ProcessBuilder.Redirect log, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString(), "--port=0", "--data=" + data));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
        builder.environment().putAll(environment);
        builder.environment().put("FILEJOB_SERVICE_LOCAL_TOKEN", LocalService.TOKEN);
        Process process = builder.start();
        try {
            BufferedReader output = process.inputReader();
            String line = output.readLine();
            assertThat(line).startsWith(READY);
            return new ServiceProcess(
                    process, URI.create(line.substring(READY.length())).resolve("/"));
        } catch (IOException | AssertionError e) {
            process.destroyForcibly().onExit().join();
            throw e;
        }
    }

    /** Returns the URL of its root. */
    URI uri() {
        return uri;
    }

    ServiceClient client() {
        return new ServiceClient(uri);
    }

    /** Returns the most memory that it had at once (resident set), in bytes. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    /** Ends it with SIGKILL, with the processes of its jobs. */
    void kill() throws InterruptedException {
        List<ProcessHandle> jobs = process.descendants().toList();
        process.destroyForcibly().waitFor();
        for (ProcessHandle job : jobs) {
            try {
                job.onExit().get(2, TimeUnit.MINUTES);
            } catch (Exception e) {
                throw new AssertionError("a job has not ended", e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
