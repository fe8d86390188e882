package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Secret in {@code spec.s3.credentialsSecret}, as a file of lines and as a folder of files. */
final class S3SecretTest {
    private static final String FILE = "s3://prices/in.csv";
    private static final String ID = "AWS_ACCESS_KEY_ID";
    private static final String KEY = "AWS_SECRET_ACCESS_KEY";

    @TempDir
    private Path folder;

    private S3Server storage;

    @BeforeEach
    void start() throws IOException {
        storage = new S3Server(Files.createDirectory(folder.resolve("s3")));
        storage.bucket("prices");
        storage.put("prices", "in.csv", new byte[] {1});
        Files.createDirectory(folder.resolve("secret"));
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    @ParameterizedTest
    @CsvSource({"nobody, test-secret-key", "test-access-key, wrong"})
    void wrongKeysAreRefused(String id, String key) throws IOException {
        put(ID, id);
        put(KEY, key);
        try (Storage storage = storage("secret")) {
            assertFails(() -> storage.list(List.of(FILE)), ExitCode.CREDENTIALS_REFUSED, FILE + " cannot be read");
            assertFails(
                    () -> storage.checkTarget("s3://prices/out.csv"),
                    ExitCode.CREDENTIALS_REFUSED,
                    "the output s3://prices/out.csv cannot be written: the credentials are refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, KEY})
    void aSecretWithoutOneOfItsKeysIsNamed(String missing) throws IOException {
        String other = missing.equals(ID) ? KEY : ID;
        put(other, "something");
        Files.writeString(folder.resolve("secret.env"), "# " + missing + "=commented\n" + other + "=something\n");
        for (String place : List.of("secret", "secret.env")) {
            try (Storage storage = storage(place)) {
                assertFails(
                        () -> storage.list(List.of(FILE)),
                        ExitCode.BAD_MANIFEST,
                        "Secret s3 has no key " + missing + " (in " + folder.resolve(place) + ")");
            }
        }
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        try (Storage storage = storage("nowhere")) {
            assertFails(
                    () -> storage.list(List.of(FILE)),
                    ExitCode.BAD_MANIFEST,
                    "Secret s3 cannot be read: there is no such file or folder: " + folder.resolve("nowhere"));
        }
    }

    @Test
    void aRenewedSecretIsUsedByTheNextRequest() throws IOException {
        put(ID, S3Server.ACCESS_KEY);
        put(KEY, S3Server.SECRET_KEY);
        try (Storage storage = storage("secret")) {
            assertThat(storage.list(List.of(FILE))).hasSize(1);
            put(KEY, "wrong");
            assertFails(() -> storage.list(List.of(FILE)), ExitCode.CREDENTIALS_REFUSED, FILE);
            put(KEY, S3Server.SECRET_KEY + "\n");
            assertThat(storage.list(List.of(FILE))).hasSize(1);
        }
    }

    private void put(String key, String value) throws IOException {
        Files.writeString(folder.resolve("secret").resolve(key), value);
    }

    private Storage storage(String secret) {
        return Storage.of(
                new TestSpec("{files: [\"" + FILE + "\"]}").spec(", " + storage.yaml()),
                folder,
                Secrets.of(List.of(S3Server.SECRET + "=" + folder.resolve(secret))),
                Mounts.NONE);
    }

    private static void assertFails(ThrowingCallable call, ExitCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
