package io.filejob.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.filejob.model.DatabaseSpec;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.SecretReference;
import io.filejob.storage.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server says to a login is told together with the Secret that it goes by. */
@Timeout(60)
final class SessionTest {
    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServer.shared().database();

    private JobFailure refused(String key, String value) {
        Secrets secrets = Secrets.of(List.of("db=" + database.secret(folder.resolve("db"), Map.of(key, value))));
        DatabaseSecret secret =
                new DatabaseSecret(new DatabaseSpec(new SecretReference("db")), secrets, folder.resolve("scratch"));
        try (Session session = new Session(secret, "filejob")) {
            return catchThrowableOfType(JobFailure.class, () -> session.soon(_ -> true));
        }
    }

    @Test
    void aWrongPassword() {
        JobFailure failure = refused("password", "geheim");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CREDENTIALS_REFUSED);
        assertThat(failure)
                .hasMessageContaining(database.name() + " at 127.0.0.1:" + database.port() + " (Secret db): ")
                .hasMessageContaining("password authentication failed for user \"filejob\"")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        JobFailure failure = refused("database", "none");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
        assertThat(failure)
                .hasMessageContaining("none at 127.0.0.1:" + database.port() + " (Secret db): ")
                .hasMessageContaining("database \"none\" does not exist");
    }

    @Test
    void aPortThatNobodyListensAt() {
        JobFailure failure = refused("port", "1");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failure)
                .hasMessageContaining(database.name() + " at 127.0.0.1:1 (Secret db): ")
                .hasMessageContaining("refused");
    }
}
