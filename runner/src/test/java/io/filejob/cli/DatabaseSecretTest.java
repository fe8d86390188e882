package io.filejob.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads a table of a real server with Secrets as people and other operators write them, and looks for their password. */
final class DatabaseSecretTest {
    /** No other text contains it; in URLs it has an escape. */
    private static final String CANARY = "kanarienvogel~8f3e/x";

    private static final String ENCODED = "kanarienvogel~8f3e%2Fx";

    @TempDir
    private Path folder;

    private TestDatabase database;
    private String role;

    /** A way to write a Secret. */
    enum Form {
        OWN("host", "port", "database", "user", "password"),
        CLOUD_NATIVE_PG(
                "dbname", "host", "jdbc-uri", "password", "pgpass", "port", "uri", "fqdn-uri", "user", "username"),
        BASIC_AUTHENTICATION("host", "port", "dbname", "username", "password"),
        URI("uri"),
        URL("url"),
        URL_AND_PASSWORD("url-without-password", "password");

        private final String keys;

        Form(String... keys) {
            this.keys = String.join(" ", keys);
        }
    }

    @BeforeEach
    void prepare() throws IOException, SQLException {
        database = PostgresServer.shared().database();
        role = "canary_" + database.name();
        try (Connection admin = PostgresServer.shared().admin(database);
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + CANARY + "'");
            statement.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + role);
            statement.execute("GRANT " + role + " TO " + TestDatabase.USER);
        }
        Files.writeString(folder.resolve("p.csv"), "sku,price\na,1\nb,2\n");
        Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: products}
                spec:
                  workers: 2
                  input: {files: [p.csv]}
                  operation:
                    ingest: {database: {secret: {name: db}}, table: products, keys: [sku], createTable: true}
                """);
    }

    private String url(String user) {
        return String.format(
                Locale.ROOT,
                "postgresql://%s@%s:%d/%s",
                user,
                PostgresServer.HOST,
                PostgresServer.shared().port(),
                database.name());
    }

    private Map<String, String> keys(Form form) {
        String port = Integer.toString(PostgresServer.shared().port());
        Map<String, String> all = new LinkedHashMap<>();
        all.put("host", PostgresServer.HOST);
        all.put("port", port);
        all.put("database", database.name());
        all.put("dbname", database.name());
        all.put("user", role);
        all.put("username", role);
        all.put("password", CANARY);
        all.put("pgpass", String.join(":", PostgresServer.HOST, port, database.name(), role, CANARY));
        all.put("jdbc-uri", "jdbc:" + url("").replace("@", "") + "?password=" + ENCODED + "&user=" + role);
        for (String key : List.of("uri", "fqdn-uri", "url")) {
            all.put(key, url(role + ":" + ENCODED));
        }
        all.keySet().retainAll(List.of(form.keys.split(" ", -1)));
        if (form == Form.URL_AND_PASSWORD) {
            all.put("url", url(role));
        }
        return all;
    }

    private Path secret(Form form, boolean isFolder) throws IOException {
        Path secret = folder.resolve("secret");
        Map<String, String> keys = keys(form);
        if (!isFolder) {
            return Files.writeString(
                    secret,
                    keys.entrySet().stream()
                            .map(key -> key.getKey() + "=" + key.getValue() + "\n")
                            .collect(Collectors.joining()));
        }
        Files.createDirectory(secret);
        for (Map.Entry<String, String> key : keys.entrySet()) {
            Files.writeString(secret.resolve(key.getKey()), key.getValue());
        }
        return secret;
    }

    @ParameterizedTest
    @EnumSource
    void aFolderOfKeysIsASecret(Form form) throws IOException {
        load(secret(form, true), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfKeysIsASecret(Form form) throws IOException {
        load(secret(form, false), List.of("--processes"));
    }

    private void load(Path secret, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "-o", "yaml", "--status-file", "status.yaml"));
        arguments.addAll(List.of("--store", "ledgers", "--secret", "db=" + secret, "job.yaml"));
        arguments.addAll(options);
        End end = CommandProcess.run(folder, Map.of(), arguments);
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(database.query("SELECT sku, price FROM products ORDER BY sku"))
                .hasToString(database.query("VALUES ('a', '1'), ('b', '2')").toString());
        assertNoCanary(end, secret);
    }

    /** Commands that succeed, that fail at each step, and that only look at the job. */
    @Test
    void noOutputHasThePassword() throws IOException {
        String url = url(role + ":" + ENCODED);
        String port = ":" + PostgresServer.shared().port() + "/";
        List<String> urls = List.of(
                url.replace("@", "x@"),
                url.replace(role, "nobody"),
                url + "_none",
                url.replace(port, ":port/"),
                url + "?sslmode=" + ENCODED,
                url + "?" + ENCODED + "=1",
                url.replace("@", "@@"),
                url.replace("%2F", "%"),
                url.replace("~8f3e%2F", "?8f3e&"),
                url.replace("postgresql:", "mysql:"),
                url.replace("postgresql://", ""));
        for (String wrong : urls) {
            Path secret = Files.writeString(folder.resolve("secret"), "url=" + wrong + "\n");
            for (List<String> command : List.of(
                    List.of("run", "-o", "json", "--secret", "db=secret", "job.yaml"),
                    List.of("ingest", "-q", "-t", "products", "-k", "sku", "p.csv", "--db", wrong))) {
                End end = CommandProcess.run(folder, Map.of("DATABASE_URL", wrong), command);
                assertThat(end.status()).as(wrong + " " + command).isNotZero();
                assertNoCanary(end, secret);
            }
        }
        Path secret = Files.writeString(folder.resolve("secret"), "url=" + url + "\n");
        for (String command : List.of("plan", "validate", "run")) {
            List<String> arguments = new ArrayList<>(List.of(command, "--secret", "db=secret", "job.yaml"));
            if (command.equals("validate")) {
                arguments.add("--input");
            }
            End end = CommandProcess.run(folder, Map.of(), arguments);
            assertThat(end.status()).as(end.err()).isZero();
            assertNoCanary(end, secret);
        }
    }

    /** Neither the output nor a file other than the Secret has the password. */
    private void assertNoCanary(End end, Path secret) throws IOException {
        assertThat(end.out() + end.err()).doesNotContain("kanarienvogel", "8f3e");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.startsWith(secret)))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                            .doesNotContain("kanarienvogel"));
        }
    }
}
