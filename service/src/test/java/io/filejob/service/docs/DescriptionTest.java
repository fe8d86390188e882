package io.filejob.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.ErrorLog;
import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service responds to generated requests as the description of its API says. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class DescriptionTest {
    private static final Path SCRIPT =
            Path.of("../scripts/schemathesis").toAbsolutePath().normalize();
    private static final Path CONFIGURATION = Path.of("src/test/schemathesis").toAbsolutePath();
    private static final int EXAMPLES = 10;
    private static final long DEFAULT_SEED = 16;
    private static final long LIMIT_MINUTES = 10;

    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    /**
     * Runs Schemathesis on each path, except for streams of events, which do not end, and for paths of a namespace, which
     * are the same operations. A failure shows the requests; {@code -Dfilejob.schemathesis.seed=N} makes others.
     */
    @Test
    void theServiceRespondsToGeneratedRequestsAsItsDescriptionSays() throws IOException, InterruptedException {
        long seed = Long.getLong("filejob.schemathesis.seed", DEFAULT_SEED);
        System.out.println("Schemathesis: seed " + seed);
        String python = output(new ProcessBuilder(SCRIPT.toString()));
        ProcessBuilder command = new ProcessBuilder(
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
                "--exclude-path-regex",
                "/namespaces/|/events$",
                "--no-color");
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
