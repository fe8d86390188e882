package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.testing.postgres.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that cannot be loaded is refused before any work is done, with exit code and message. */
@Timeout(180)
final class RefusedIngestTest {
    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)", "CREATE VIEW v AS TABLE t");
        run.file("a.csv", "k,n\na,1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table: nothing, keys: [k]|there is no table nothing in the database",
                "table: none.t, keys: [k]|there is no table none.t in the database",
                "table: v, mode: append|v is not a table",
                "table: t, keys: [n]|table public.t has no unique index or constraint on (n)",
                "'table: t, keys: [k, n]'|has no unique index or constraint on (k, n)",
                "'table: t, keys: [k], columns: [{from: k}, {from: n, to: m}]'|has no column m: it has k, n",
                "'table: t, keys: [k], columns: [{from: k}, {from: n, type: bigint}]'|column n of table public.t is integer, not bigint",
                "'table: t, keys: [k], columns: [{from: k}, {from: n, type: nonsense}]'|column n of table public.t is integer, not nonsense",
            })
    void tablesThatAreNotAsTheSpecHasThem(String ingest, String message) {
        assertThat(run.fails(ExitCode.BAD_MANIFEST, ingest)).contains(message);
        run.assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host||78|has no key host",
                "database||78|has no key database",
                "user||78|has no key user",
                "password||78|has no key password",
                "database|unknown|78|\"unknown\" does not exist",
                "password|wrong|77|password authentication failed",
                "user|nobody|77|password authentication failed",
                "sslmode|verify_full|78|write disable, allow, prefer, require, verify-ca or verify-full",
                "sslmode|require|69|SSL",
                "port|70000|78|is not a valid port",
                "host|no host|78|is not a valid host name or address",
                "ca|nonsense|78|ca has no certificate in PEM",
                "host|unknown.invalid|69|unknown.invalid",
            })
    void secretsThatDoNotOpenTheDatabase(String key, String value, int exitCode, String message) {
        run.withSecret(Map.of(key, value == null ? "" : value));
        ExitCode code = Arrays.stream(ExitCode.values())
                .filter(each -> each.number() == exitCode)
                .findFirst()
                .orElseThrow();
        assertThat(run.fails(code, "table: t, keys: [k]")).contains(message);
    }

    @Test
    void aPortThatNobodyListensAt() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        run.withSecret(Map.of("port", Integer.toString(port)));
        assertThat(run.fails(ExitCode.UNAVAILABLE, "table: t, keys: [k]")).contains(":" + port);
    }

    @Test
    void aSchemaInWhichNothingMayBeMade() throws Exception {
        try (Connection admin = PostgresServer.shared().admin()) {
            run.database.execute("CREATE SCHEMA s", "CREATE TABLE s.t (k text PRIMARY KEY, n integer)");
            String role = "limited_" + run.database.name();
            admin.createStatement().execute("CREATE ROLE " + role + " LOGIN PASSWORD 'limited'");
            run.database.execute(
                    "GRANT USAGE ON SCHEMA s TO " + role, "GRANT SELECT, INSERT, UPDATE ON s.t TO " + role);
            run.withSecret(Map.of("user", role, "password", "limited"));
        }
        assertThat(run.fails(ExitCode.CREDENTIALS_REFUSED, "table: s.t, keys: [k]"))
                .contains("permission denied for schema s");
        assertThat(run.database.query("TABLE s.t").rows()).isEmpty();
    }
}
