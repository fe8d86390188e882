package io.filejob.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.FilejobJvm;
import io.filejob.testing.http.PageServer;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.s3.S3Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No output of runs that fail in many ways has a secret, in either format at the lowest level. */
final class SecretsInLogsTest {
    private static final String CANARY = "canary7e1f";
    private static final String PASSWORD = CANARY + "-password";
    private static final String KEY = CANARY + "-key";
    private static final String HOOK = "whsec_" + "Y".repeat(44);
    private static final String TOKEN = CANARY + "-token";
    private static final int NOBODY = 1;

    @TempDir
    private Path folder;

    private String secret(String name, Map<String, String> values) throws Exception {
        StringBuilder lines = new StringBuilder();
        values.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return "--secret=" + name + "=" + Files.writeString(folder.resolve(name + ".env"), lines);
    }

    private String database(int port, String name, String user) throws Exception {
        return secret(
                "db",
                Map.of(
                        "host",
                        PostgresServer.HOST,
                        "port",
                        Integer.toString(port),
                        "database",
                        name,
                        "user",
                        user,
                        "password",
                        PASSWORD,
                        "sslmode",
                        "disable"));
    }

    private String s3() throws Exception {
        return secret("s3", Map.of("AWS_ACCESS_KEY_ID", KEY + "-id", "AWS_SECRET_ACCESS_KEY", KEY));
    }

    /** Runs a job, in text or JSON, until it ends, or until it has retried for some time. */
    private String run(boolean json, int expected, String spec, String... options) throws Exception {
        Path manifest = Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: leaking}
                spec:
                """ + spec.indent(2));
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        command.addAll(List.of("io.filejob.cli.Main", "run", manifest.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("FILEJOB_LOG_JSON", Boolean.toString(json));
        builder.environment().put("FILEJOB_LOG_LEVEL", "DEBUG");
        Process process = builder.start();
        try {
            if (!process.waitFor(25, TimeUnit.SECONDS)) {
                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(143);
            } else {
                assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(expected);
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
        String text = Files.readString(output);
        assertThat(text).isNotBlank().doesNotContain(CANARY + "-").doesNotContain(HOOK.substring(6));
        return text;
    }

    private String loading(String table) throws Exception {
        Files.writeString(folder.resolve("in.csv"), "sku,name\n1,chair\n");
        return """
                input: {files: [in.csv]}
                operation: {ingest: {database: {secret: {name: db}}, table: %s, mode: append, createTable: false}}
                """.formatted(table);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDatabaseThatRefusesThePassword(boolean json) throws Exception {
        PostgresServer server = PostgresServer.shared();
        String database = server.database().name();
        String user = "leaky_" + (json ? "json" : "text");
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE ROLE " + user + " LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
        }
        run(json, 69, loading("products"), database(NOBODY, database, user));
        assertThat(run(json, 77, loading("products"), database(server.port(), database, "filejob")))
                .contains("password authentication failed");
        assertThat(run(json, 78, loading("missing"), database(server.port(), database, user)))
                .contains("missing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void objectStorageThatRefusesTheKeys(boolean json) throws Exception {
        try (S3Server storage = new S3Server(Files.createDirectory(folder.resolve("s3")))) {
            storage.bucket("files");
            storage.put("files", "in.csv", "n\n1\n".getBytes(StandardCharsets.UTF_8));
            String input = "input: {files: [\"s3://files/in.csv\"]}\noperation: {average: {column: n}}\n";
            assertThat(run(json, 77, input + storage.yaml(), s3())).contains("s3://files/in.csv");
            String nobody = storage.yaml().replace(storage.endpoint(), "http://127.0.0.1:" + NOBODY);
            run(json, 69, input + nobody, s3());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pagesWithTokensInTheirUrls(boolean json) throws Exception {
        try (PageServer pages = new PageServer()) {
            String page = pages.put("bad.csv", "n\nx\n".getBytes(StandardCharsets.UTF_8)) + "?token=" + TOKEN;
            String input = "input: {files: [\"%s\"]}\noperation: {average: {column: n}}\n";
            String missing = pages.uri("missing.csv") + "?sig=" + TOKEN;
            run(json, 66, input.formatted(missing));
            assertThat(run(json, 65, input.formatted(page))).contains("bad.csv");
            run(json, 66, input.formatted("http://127.0.0.1:" + NOBODY + "/a.csv?token=" + TOKEN));
            try (Socket unheard = new Socket()) {
                // A port that is bound, but does not listen.
                unheard.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                run(json, 69, input.formatted("http://127.0.0.1:" + unheard.getLocalPort() + "/a.csv?token=" + TOKEN));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callbacksThatAreNotDelivered(boolean json) throws Exception {
        Files.writeString(folder.resolve("in.csv"), "n\n1\n");
        String spec =
                "input: {files: [in.csv]}\noperation: {average: {column: n}}\ncallback: {url: \"%s\", secret: {name: hook}}\n";
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            for (int i = 0; i < 10; i++) {
                receiver.answer(410, Map.of());
            }
            String url = receiver.url() + "&token=" + TOKEN;
            String text = run(json, 0, spec.formatted(url), secret("hook", Map.of("secret", HOOK)));
            assertThat(text).contains("not delivered");
            run(json, 78, spec.formatted(url), secret("hook", Map.of("secret", "whsec_" + KEY)));
        }
    }

    @Test
    void aWorkerWithBadOptions() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "n\n1\n");
        run(
                true,
                64,
                "input: {files: [in.csv]}\noperation: {average: {column: n}}\n",
                "--mount=" + folder,
                "--secret=x");
    }
}
