package io.filejob.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.ErrorLog;
import io.filejob.service.LocalService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Schemathesis, which generates requests from the description of an API and compares the responses with it. A failure
 * shows the requests; {@code -Dfilejob.schemathesis.seed=N} makes others.
 */
final class Schemathesis {
    private static final Path SCRIPT =
            Path.of("../scripts/schemathesis").toAbsolutePath().normalize();
    private static final Path CONFIGURATION = Path.of("src/test/schemathesis").toAbsolutePath();
    private static final int EXAMPLES = 10;
    private static final long DEFAULT_SEED = 16;
    private static final long LIMIT_MINUTES = 10;

    private final URI service;
    private final Path folder;

    /** Creates a run against the service at {@code service}, with its files in {@code folder}. */
    Schemathesis(URI service, Path folder) {
        this.service = service;
        this.folder = folder;
    }

    /** Runs it with {@code options} that choose paths; fails if a response is another one, or the service logs an error. */
    void run(String... options) throws IOException, InterruptedException {
        long seed = Long.getLong("filejob.schemathesis.seed", DEFAULT_SEED);
        System.out.println("Schemathesis: seed " + seed);
        String python = output(new ProcessBuilder(SCRIPT.toString()));
        List<String> arguments = new ArrayList<>(List.of(
                python,
                "-m",
                "schemathesis.cli",
                "--config-file",
                CONFIGURATION.resolve("schemathesis.toml").toString(),
                "run",
                service.resolve("/q/openapi").toString(),
                "--header",
                "Authorization: Bearer " + LocalService.TOKEN,
                "--seed",
                Long.toString(seed),
                "--max-examples",
                Integer.toString(EXAMPLES),
                "--no-color"));
        arguments.addAll(List.of(options));
        ProcessBuilder command = new ProcessBuilder(arguments);
        command.environment().put("PYTHONPATH", CONFIGURATION.toString());
        try (ErrorLog errors = new ErrorLog()) {
            output(command);
            assertThat(errors.messages()).isEmpty();
        }
    }

    private String output(ProcessBuilder command) throws IOException, InterruptedException {
        Process process =
                command.directory(folder.toFile()).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }
}
