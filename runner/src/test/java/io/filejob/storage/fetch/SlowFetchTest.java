package io.filejob.storage.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.Storage;
import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that never come to an end, and the limit on the time for one file. */
@Timeout(300)
final class SlowFetchTest {
    private static final String FOREVER = "x".repeat(1 << 20);

    @TempDir
    private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private void assertProblem(FetchProblem problem, String uri) {
        Path target = folder.resolve("target");
        try (Storage storage = new Storage(folder);
                Fetcher fetcher = storage.fetcher(new FetchLimits(1 << 20, Duration.ofMillis(300), 2))) {
            assertThatThrownBy(() -> fetcher.fetch(uri, target))
                    .isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.problem())
                            .as(String.valueOf(e.getMessage()))
                            .isEqualTo(problem));
            assertThat(target).doesNotExist();
        }
    }

    private void assertTimedOut(RawServer.Responder response) throws IOException {
        try (RawServer server = new RawServer(response)) {
            assertProblem(FetchProblem.TIMED_OUT, server.uri());
        }
    }

    @Test
    void endlessInformationalResponses() throws IOException {
        assertTimedOut((_, out) -> out.repeat(bytes("HTTP/1.1 103 Early Hints\r\n\r\n")));
    }

    @Test
    void aHeadThatTrickles() throws IOException {
        assertTimedOut((_, out) -> out.trickle(bytes("HTTP/1.1 200 OK\r\nX: " + FOREVER)));
    }

    @Test
    void aBodyThatTrickles() throws IOException {
        assertTimedOut((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            out.trickle(bytes(FOREVER));
        });
    }

    @Test
    void aChunkThatTrickles() throws IOException {
        assertTimedOut((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            out.trickle(bytes("5;" + FOREVER));
        });
    }

    @Test
    void aCompressedBodyThatTrickles() throws IOException {
        assertTimedOut((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
            out.trickle(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3});
            // A file name in the header of gzip has no limit of its own.
            out.trickle(bytes(FOREVER));
        });
    }

    /** Its length is not known, and its name is not content, so that only the time limits it. */
    @Test
    void aRedirectThatTrickles() throws IOException {
        assertTimedOut((_, out) -> {
            out.write("HTTP/1.1 302 Found\r\nLocation: ");
            out.trickle(bytes(FOREVER));
        });
    }

    @Test
    void aConnectionThatIsNeverAccepted() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertProblem(FetchProblem.TIMED_OUT, "http://127.0.0.1:" + silent.getLocalPort());
            assertProblem(FetchProblem.TIMED_OUT, "https://127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void aTlsHandshakeThatTrickles() throws IOException {
        try (RawServer server = new RawServer(
                (_, out) -> {
                    // The head of a record of a handshake with 16,000 bytes.
                    out.write(new byte[] {22, 3, 3, 62, (byte) 128});
                    out.trickle(bytes(FOREVER));
                },
                false)) {
            assertProblem(FetchProblem.TIMED_OUT, server.uri().replace("http:", "https:"));
        }
    }

    @Test
    void endlessHeadsAreRefused() throws IOException {
        for (String line : new String[] {"X: y\r\n", "X: " + FOREVER}) {
            try (RawServer server = new RawServer((_, out) -> {
                out.write("HTTP/1.1 200 OK\r\n");
                out.repeat(bytes(line));
            })) {
                Path target = folder.resolve("target");
                try (Storage storage = new Storage(folder);
                        Fetcher fetcher = storage.fetcher(new FetchLimits(10, Duration.ofHours(1), 2))) {
                    assertThatThrownBy(() -> fetcher.fetch(server.uri(), target))
                            .isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.problem())
                                    .isEqualTo(FetchProblem.BAD_RESPONSE));
                }
            }
        }
    }

    @Test
    void anInterruptEndsAFetch() throws Exception {
        try (RawServer server = new RawServer((_, out) -> out.trickle(bytes(FOREVER)));
                Storage storage = new Storage(folder);
                Fetcher fetcher = storage.fetcher(new FetchLimits(10, Duration.ofHours(1), 1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> connected = threads.submit(() -> fetcher.fetch(server.uri(), folder.resolve("a")));
            Future<Long> waiting = threads.submit(() -> fetcher.fetch(server.uri(), folder.resolve("b")));
            await().atMost(Duration.ofMinutes(2)).until(() -> server.requests() == 1);
            threads.shutdownNow();
            for (Future<Long> each : List.of(connected, waiting)) {
                assertThatThrownBy(each::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                                .isEqualTo(ExitCode.INTERRUPTED));
            }
        }
    }
}
