package io.filejob.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The test server is a real one and behaves as the tests assume. */
@Timeout(180)
final class PostgresServerTest {
    @TempDir
    private Path folder;

    @Test
    void keepsInACrashWhatWasCommitted() throws SQLException {
        try (PostgresServer server = PostgresServer.start(Map.of("max_connections", "11"))) {
            TestDatabase database = server.database();
            assertThat(database.query("SHOW max_connections").rows()).containsExactly(List.of("11"));
            assertThat(database.query("SHOW fsync").rows()).containsExactly(List.of("on"));
            database.execute("CREATE TABLE t (a text)", "INSERT INTO t VALUES ('committed')");
            try (Connection open = database.connect()) {
                open.setAutoCommit(false);
                open.createStatement().execute("INSERT INTO t VALUES ('open')");
                server.restartImmediately();
                assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
            }
            assertThat(database.query("TABLE t").rows()).containsExactly(List.of("committed"));
            assertThat(server.log()).contains("database system was not properly shut down");
            server.stop();
            assertThatThrownBy(database::connect).hasMessageContaining("refused");
            server.set("max_connections", "12");
            server.start();
            assertThat(database.query("SHOW max_connections").rows()).containsExactly(List.of("12"));
        }
    }

    @Test
    void asksForAPassword() throws Exception {
        TestDatabase database = PostgresServer.shared().database();
        Path secret = database.secret(folder.resolve("secret"));
        String url = "jdbc:postgresql://" + Files.readString(secret.resolve("host")) + ":"
                + Files.readString(secret.resolve("port")) + "/" + Files.readString(secret.resolve("database"));
        String user = Files.readString(secret.resolve("user"));
        DriverManager.getConnection(url, user, Files.readString(secret.resolve("password")))
                .close();
        assertThatThrownBy(() -> DriverManager.getConnection(url, user, "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void hasItsOwnDatabaseForEachTest() {
        TestDatabase one = PostgresServer.shared().database();
        TestDatabase other = PostgresServer.shared().database();
        one.execute("CREATE TABLE t (a int)");
        other.execute("CREATE TABLE t (b text)");
        assertThat(one.query("SELECT usesuper FROM pg_user WHERE usename = current_user")
                        .rows())
                .containsExactly(List.of("f"));
    }

    @Test
    void offersTls() throws Exception {
        try (TlsServer tls = new TlsServer()) {
            TestDatabase database = tls.server().database();
            Path known = database.secret(folder.resolve("known"), tls.verified());
            Path certified = database.secret(folder.resolve("certified"), tls.certified());
            assertThat(certified.resolve("password")).doesNotExist();
            String url = "jdbc:postgresql://" + PostgresServer.HOST + ":" + database.port() + "/" + database.name()
                    + "?sslmode=" + Files.readString(known.resolve("sslmode"));
            String checked = url + "&sslrootcert=" + known.resolve("ca");
            DriverManager.getConnection(checked, TestDatabase.USER, TestDatabase.PASSWORD)
                    .close();
            String stranger = url + "&sslrootcert=" + certified.resolve("cert");
            assertThatThrownBy(() -> DriverManager.getConnection(stranger, TestDatabase.USER, TestDatabase.PASSWORD))
                    .hasMessageContaining("SSL");
            assertThatThrownBy(() -> DriverManager.getConnection(checked, TlsServer.CERTIFIED, ""))
                    .hasMessageContaining("certificate");
        }
    }
}
