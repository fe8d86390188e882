package io.filejob.storage.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.storage.Storage;
import io.filejob.storage.VolumeFixture;
import io.filejob.testing.http.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are fetched, and the reasons why they are not. */
@Timeout(300)
final class FetcherTest {
    private static final int LIMIT = 100_000;

    @TempDir
    private Path folder;

    private VolumeFixture fixture;
    private Storage storage;
    private Fetcher fetcher;
    private Path target;

    @BeforeEach
    void open() throws IOException {
        fixture = VolumeFixture.in(folder);
        storage = fixture.storage();
        fetcher = storage.fetcher(new FetchLimits(LIMIT, Duration.ofMinutes(2), 2));
        target = folder.resolve("target");
    }

    @AfterEach
    void close() {
        fetcher.close();
        fixture.close();
    }

    private static RawServer serving(String response) throws IOException {
        return new RawServer((_, out) -> out.write(response));
    }

    private void assertProblem(String uri, FetchProblem problem, String... parts) {
        assertThatThrownBy(() -> fetcher.fetch(uri, target)).isInstanceOfSatisfying(FetchException.class, e -> {
            assertThat(e.problem()).as(String.valueOf(e.getMessage())).isEqualTo(problem);
            assertThat(List.of(parts))
                    .allMatch(part -> String.valueOf(e.getMessage()).contains(part));
        });
        assertThat(target).doesNotExist();
    }

    @Test
    void pages() throws Exception {
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            assertThat(fetcher.fetch(" " + server.uri() + "/a.jpg\t", target)).isEqualTo(5);
            assertThat(target).hasContent("hello");
        }
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")) {
            assertThat(fetcher.fetch(server.uri(), target)).isEqualTo(2);
            assertThat(target).hasContent("hi");
        }
    }

    @Test
    void emptyAndHtmlPagesArriveAsTheyAre() throws Exception {
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(fetcher.fetch(server.uri(), target)).isZero();
            assertThat(target).isEmptyFile();
        }
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")) {
            assertThat(fetcher.fetch(server.uri(), target)).isEqualTo(6);
            assertThat(target).hasContent("<html>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND",
        "410, NOT_FOUND",
        "401, FORBIDDEN",
        "403, FORBIDDEN",
        "451, FORBIDDEN",
        "400, BAD_RESPONSE",
        "204, BAD_RESPONSE",
        "304, BAD_RESPONSE",
        "206, BAD_RESPONSE",
        "302, BAD_RESPONSE"
    })
    void statusesThatAreNotRetried(int status, FetchProblem problem) throws IOException {
        try (RawServer server = serving("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")) {
            assertProblem(server.uri(), problem, "status " + status);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void sizesAreLimitedByTheStatedLengthAndByTheBody() throws Exception {
        String whole = "x".repeat(LIMIT);
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Length: " + (LIMIT + 1) + "\r\n\r\n")) {
            assertProblem(server.uri(), FetchProblem.TOO_LARGE, "it has 100001 bytes (limit 100000)");
        }
        try (RawServer server = serving("HTTP/1.1 200 OK\r\n\r\n" + whole)) {
            assertThat(fetcher.fetch(server.uri(), target)).isEqualTo(LIMIT);
        }
        try (RawServer server = new RawServer((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n");
            out.repeat(whole.getBytes(UTF_8));
        })) {
            assertProblem(server.uri(), FetchProblem.TOO_LARGE, "more than 100000 bytes");
        }
    }

    @Test
    void compressedBodiesAreUnpackedUpToTheLimit() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write("y"
                        .repeat(LIMIT + (request.line().contains("bomb") ? 1 : 0))
                        .getBytes(UTF_8));
            }
            out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            out.write(packed.toByteArray());
        })) {
            assertThat(fetcher.fetch(server.uri() + "/page", target)).isEqualTo(LIMIT);
            assertProblem(server.uri() + "/bomb", FetchProblem.TOO_LARGE);
        }
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx")) {
            assertProblem(server.uri(), FetchProblem.BAD_RESPONSE, "Content-Encoding: br");
        }
        try (RawServer server = serving("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip at all")) {
            assertProblem(server.uri(), FetchProblem.BAD_RESPONSE, "gzip");
        }
    }

    @Test
    void redirectsAreFollowedThreeTimes() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            int left = Integer.parseInt(request.line().replaceAll("\\D*(\\d+).*", "$1"));
            out.write(
                    left == 0
                            ? "HTTP/1.1 200 OK\r\n\r\nthere"
                            : "HTTP/1.1 302 Found\r\nLocation: /a/../" + (left - 1) + "\r\n\r\n");
        })) {
            assertThat(fetcher.fetch(server.uri() + "/3", target)).isEqualTo(5);
            assertThat(server.requests()).isEqualTo(4);
            assertProblem(server.uri() + "/4", FetchProblem.TOO_MANY_REDIRECTS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "//10.0.0.1/",
                "ftp://shop.example/",
                "file:///etc/passwd",
                "http://127.0.0.1:22/"
            })
    void redirectsThatAreRefused(String location) throws IOException {
        try (RawServer server = serving("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\n\r\n")) {
            assertProblem(server.uri(), FetchProblem.ADDRESS_REFUSED);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example/a.jpg",
                "ftp://shop.example/a",
                "data:,x",
                "http:/x",
                "http://",
                "s3://b",
                "s3://b/",
                "s3://B!/x",
                "file:a",
                "http://[::1/",
                "http://a b/"
            })
    void textsThatAreNoUrls(String text) {
        assertProblem(text, FetchProblem.INVALID_URL);
    }

    @Test
    void filesOfVolumes() throws Exception {
        Files.writeString(fixture.volume().resolve("ä b.jpg"), "picture");
        Files.createSymbolicLink(
                fixture.volume().resolve("out"), fixture.secret().resolve("token"));
        assertThat(fetcher.fetch("file:///data/%C3%A4%20b.jpg", target)).isEqualTo(7);
        assertThat(target).hasContent("picture");
        assertProblem("file:///data/none", FetchProblem.NOT_FOUND);
        assertProblem("file:///data/out", FetchProblem.ADDRESS_REFUSED, "leads out of the volume /data");
        assertProblem("file:///data/../etc/passwd", FetchProblem.ADDRESS_REFUSED, "not on a volume");
        assertProblem("file:///etc/passwd", FetchProblem.ADDRESS_REFUSED, "not on a volume");
        assertProblem("file:///data/", FetchProblem.UNAVAILABLE, "not a regular file");
        Files.write(fixture.volume().resolve("large"), new byte[LIMIT + 1]);
        assertProblem("file:///data/large", FetchProblem.TOO_LARGE);
    }
}
