package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.DatabaseSpec;
import io.filejob.spec.SecretReference;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Login failures are reported together with the name of the Secret, and each session applies its settings. */
@Timeout(180)
final class SessionTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServer.shared().database();

    private Session session(Map<String, String> keys) {
        Secrets secrets = Secrets.of(List.of("db=" + database.secret(folder.resolve("db"), keys)));
        return new Session(
                new DatabaseSecret(new DatabaseSpec(new SecretReference("db")), secrets, folder.resolve("scratch")),
                "filejob");
    }

    private JobFailedException refused(String key, String value) {
        try (Session session = session(Map.of(key, value))) {
            return catchThrowableOfType(JobFailedException.class, () -> session.soon(_ -> true));
        }
    }

    @Test
    void aWrongPassword() {
        JobFailedException failure = refused("password", "geheim");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CREDENTIALS_REFUSED);
        assertThat(failure)
                .hasMessageContaining(database.name() + " at 127.0.0.1:" + database.port() + " (Secret db): ")
                .hasMessageContaining("password authentication failed for user \"filejob\"")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        JobFailedException failure = refused("database", "none");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
        assertThat(failure)
                .hasMessageContaining("none at 127.0.0.1:" + database.port() + " (Secret db): ")
                .hasMessageContaining("database \"none\" does not exist");
    }

    @Test
    void aPortThatNobodyListensAt() {
        JobFailedException failure = refused("port", "1");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failure)
                .hasMessageContaining(database.name() + " at 127.0.0.1:1 (Secret db): ")
                .hasMessageContaining("refused");
    }

    /** Otherwise, the session would hold its locks until the server's operating system gives up after two hours. */
    @Test
    void theServerLooksAfterAMinuteWhetherAWorkerIsStillThere() {
        String settings = "SELECT concat_ws(' ', current_setting('tcp_keepalives_idle'),"
                + " current_setting('tcp_keepalives_interval'), current_setting('tcp_keepalives_count'))";
        try (Session session = session(Map.of())) {
            TableRows told = session.soon(connection -> TableRows.of(connection, settings));
            assertThat(told.rows()).containsExactly(List.of("30 10 3"));
        }
    }
}
