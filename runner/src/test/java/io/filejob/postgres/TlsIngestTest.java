package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.testing.postgres.TlsServer;
import io.filejob.testing.tls.Certificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers and users are authenticated by certificates according to the Secret. */
@Timeout(180)
final class TlsIngestTest {
    private static final String INGEST = "table: t, keys: [k]";

    @TempDir
    private Path folder;

    @Test
    void certificates() {
        try (TlsServer tls = new TlsServer()) {
            TestDatabase database = tls.server().database();
            database.execute("CREATE TABLE t (k text PRIMARY KEY)");
            IngestRun run = new IngestRun(folder, database).file("a.csv", "k\na\n");
            assertThat(run.withSecret(tls.verified()).loads(INGEST).inserted()).isEqualTo(1);
            assertThat(run.withSecret(tls.certified()).loads(INGEST).unchanged())
                    .isEqualTo(1);

            run.withSecret(Map.of("sslmode", "verify-full", "ca", ""));
            assertThat(run.fails(ExitCode.CREDENTIALS_REFUSED, INGEST))
                    .contains("certificate is not trusted", "key ca");
            Map<String, String> stranger = new HashMap<>(tls.verified());
            stranger.put("ca", Certificate.make("stranger", "san=dns:stranger").certificate());
            assertThat(run.withSecret(stranger).fails(ExitCode.CREDENTIALS_REFUSED, INGEST))
                    .contains("certificate is not trusted", "key ca");
            Map<String, String> nameless = new HashMap<>(tls.certified());
            nameless.put("key", "nonsense");
            assertThat(run.withSecret(nameless).fails(ExitCode.BAD_MANIFEST, INGEST))
                    .contains("PKCS #8");
        }
    }
}
