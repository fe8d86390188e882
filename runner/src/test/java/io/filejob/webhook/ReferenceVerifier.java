package io.filejob.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.filejob.testing.http.WebhookReceiver.Webhook;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Verifies requests with the Python package standardwebhooks, an implementation by other authors. */
public final class ReferenceVerifier {
    private static final Path SCRIPT =
            Path.of("../scripts/standardwebhooks").toAbsolutePath().normalize();

    private static final String PROGRAM = """
            import json, sys
            from standardwebhooks import Webhook
            for case in json.load(sys.stdin):
                try:
                    Webhook(case["secret"]).verify(case["body"], case["headers"])
                    print("verified")
                except Exception as e:
                    print("refused: " + str(e))
            """;

    private static final class PythonHolder {
        private static final String PATH = run("", SCRIPT.toString()).getFirst();
    }

    private ReferenceVerifier() {}

    /** Returns {@code verified}, or {@code refused} and the reason, for each of {@code webhooks}. */
    public static List<String> verify(String secret, List<Webhook> webhooks) throws IOException {
        String cases = new ObjectMapper()
                .writeValueAsString(webhooks.stream()
                        .map(webhook -> Map.of("secret", secret, "body", webhook.body(), "headers", webhook.headers()))
                        .toList());
        return run(cases, PythonHolder.PATH, "-c", PROGRAM);
    }

    private static List<String> run(String input, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as("exit status of %s", command[0]).isZero();
            return lines;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
