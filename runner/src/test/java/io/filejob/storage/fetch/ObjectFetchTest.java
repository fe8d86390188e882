package io.filejob.storage.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.ShortWaits;
import io.filejob.storage.Storage;
import io.filejob.testing.http.RawServer;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of the job's object storage. */
@Timeout(300)
final class ObjectFetchTest {
    private static final FetchLimits LIMITS = new FetchLimits(1000, Duration.ofMinutes(2), 2);

    @TempDir
    private Path folder;

    private Path credentials() throws IOException {
        return Files.writeString(
                folder.resolve("credentials"),
                "AWS_ACCESS_KEY_ID=" + S3Server.ACCESS_KEY + "\nAWS_SECRET_ACCESS_KEY=" + S3Server.SECRET_KEY + "\n");
    }

    private Storage storage(String endpoint) throws IOException {
        return ShortWaits.storage(endpoint, credentials(), Duration.ofMinutes(1));
    }

    private void assertProblem(Fetcher fetcher, String uri, FetchProblem problem) {
        Path target = folder.resolve("target");
        assertThatThrownBy(() -> fetcher.fetch(uri, target))
                .isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.problem())
                        .as(String.valueOf(e.getMessage()))
                        .isEqualTo(problem));
        assertThat(target).doesNotExist();
    }

    @Test
    void objects() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("s3")));
                Storage storage = storage(server.endpoint());
                Fetcher fetcher = storage.fetcher(LIMITS)) {
            server.bucket("images");
            server.put("images", "in/ä b.jpg", "picture".getBytes(UTF_8));
            server.put("images", "empty", new byte[0]);
            server.put("images", "large", new byte[1001]);
            Path target = folder.resolve("target");
            assertThat(fetcher.fetch(" s3://images/in/%C3%A4%20b.jpg ", target)).isEqualTo(7);
            assertThat(target).hasContent("picture");
            assertThat(fetcher.fetch("s3://images/in/ä b.jpg", target)).isEqualTo(7);
            assertThat(fetcher.fetch("s3://images/empty", target)).isZero();
            assertThat(target).isEmptyFile();
            assertProblem(fetcher, "s3://images/large", FetchProblem.TOO_LARGE);
            assertProblem(fetcher, "s3://images/none", FetchProblem.NOT_FOUND);
            assertProblem(fetcher, "s3://no-bucket/none", FetchProblem.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, FORBIDDEN",
        "400, InvalidRequest, BAD_RESPONSE",
        "400, InvalidObjectState, BAD_RESPONSE"
    })
    void refusalsOfOneObject(int status, String code, FetchProblem problem) throws IOException {
        try (RawServer server = refusing(status, code);
                Storage storage = storage(server.uri());
                Fetcher fetcher = storage.fetcher(LIMITS)) {
            assertProblem(fetcher, "s3://images/a", problem);
        }
    }

    /** They concern all objects, so that no image may count as failed because of them. */
    @ParameterizedTest
    @CsvSource({
        "403, InvalidAccessKeyId, CREDENTIALS_REFUSED",
        "403, SignatureDoesNotMatch, CREDENTIALS_REFUSED",
        "503, SlowDown, UNAVAILABLE"
    })
    void failuresOfTheServiceAreFailuresOfTheJob(int status, String code, ExitCode exit) throws IOException {
        try (RawServer server = refusing(status, code);
                Storage storage = storage(server.uri());
                Fetcher fetcher = storage.fetcher(LIMITS)) {
            assertThatThrownBy(() -> fetcher.fetch("s3://images/a", folder.resolve("target")))
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(exit));
        }
    }

    private static RawServer refusing(int status, String code) throws IOException {
        String body = "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        return new RawServer((_, out) -> out.write("HTTP/1.1 " + status + " X\r\nContent-Type: application/xml\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body));
    }

    @Test
    void aTruncatedObjectIsReadAgain() throws Exception {
        try (RawServer server = new RawServer((request, out) -> out.write("HTTP/1.1 200 OK\r\nETag: \"one\"\r\n"
                        + "Content-Length: 9\r\n\r\n" + (request.number() == 1 ? "half" : "the whole")));
                Storage storage = storage(server.uri());
                Fetcher fetcher = storage.fetcher(LIMITS)) {
            assertThat(fetcher.fetch("s3://images/a", folder.resolve("target"))).isEqualTo(9);
            assertThat(folder.resolve("target")).hasContent("the whole");
        }
    }
}
