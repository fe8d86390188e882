package io.filejob.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.compression.SourceStream;
import io.filejob.storage.http.WebExchange;
import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that keeps a connection busy forever, by responses that never end, ends its request. */
@Timeout(180)
final class SlowServerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nETag: \"one\"\r\n";
    private static final int SIZE = 1 << 20;
    private static final String FOREVER = "x".repeat(SIZE);
    private static final String BROKEN = "its connections broke 20 times";

    private final Storage storage = ShortWaits.storage();
    /** For servers that are fast, however busy the machine is. */
    private final Storage patient = ShortWaits.ofShortPages();

    @AfterEach
    void stop() {
        storage.close();
        patient.close();
    }

    @Test
    void endlessInformationalResponses() throws IOException {
        assertUnavailable("no complete head of a response within 0.2 s", (_, out) -> {
            out.repeat(bytes("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"));
        });
    }

    @Test
    void aHeadThatTrickles() throws IOException {
        assertUnavailable(
                "no complete head of a response within 0.2 s",
                (_, out) -> out.trickle(bytes("HTTP/1.1 200 OK\r\nX: " + FOREVER)));
    }

    @Test
    void aRangeThatTrickles() throws IOException {
        assertUnavailable("bytes in 0.2 s (limit at least 61440)", (request, out) -> {
            boolean pin = "bytes=0-0".equals(request.header("Range"));
            out.write("HTTP/1.1 206 Partial Content\r\nETag: \"one\"\r\nContent-Range: bytes 0-" + (pin ? 0 : SIZE - 1)
                    + "/" + SIZE + "\r\nContent-Length: " + (pin ? 1 : SIZE) + "\r\n\r\n");
            out.trickle(bytes(pin ? "x" : FOREVER));
        });
    }

    @Test
    void aPageThatTrickles() throws IOException {
        assertUnavailable("bytes in 0.2 s (limit at least 61440)", (_, out) -> {
            out.write(OK + "Content-Length: " + SIZE + "\r\n\r\n");
            out.trickle(bytes(FOREVER));
        });
    }

    /** The bytes of the connection that trickle here are not content. */
    @Test
    void theLengthOfAChunkThatTrickles() throws IOException {
        assertUnavailable("bytes in 0.2 s (limit at least 61440)", (_, out) -> {
            out.write(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            out.trickle(bytes("5;" + FOREVER));
        });
    }

    @Test
    void aPageThatBreaksOffALittleLaterEachTime() throws IOException {
        assertUnavailable(BROKEN, (request, out) -> {
            out.write(OK + "Content-Length: " + SIZE + "\r\n\r\n" + FOREVER.substring(0, request.number()));
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String uri(RawServer server) {
        return server.uri() + "/page";
    }

    /** The client reports a request that is aborted while it connects by an exception of its own. */
    @Test
    void aConnectionThatTakesTooLong() {
        try (ScheduledExecutorService timers = Executors.newScheduledThreadPool(1)) {
            assertThatThrownBy(() -> WebExchange.begin(
                            new HttpGet(URI.create("http://127.0.0.1/")), ShortWaits.WEB, null, timers, request -> {
                                await().atMost(Duration.ofMinutes(2)).until(request::isCancelled);
                                throw new IllegalStateException("released");
                            }))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no complete head of a response within 0.2 s");
        }
    }

    private void assertUnavailable(String reason, RawServer.Responder response) throws IOException {
        try (RawServer server = new RawServer(response)) {
            assertThatThrownBy(() -> read(server, storage))
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessageContainingAll(uri(server), reason);
        }
    }

    private static byte[] read(RawServer server, Storage storage) throws IOException {
        InputFile file = storage.list(List.of(uri(server))).getFirst();
        try (ByteSource source = storage.open(file)) {
            source.expect(0, Long.MAX_VALUE);
            return new SourceStream(source).readAllBytes();
        }
    }

    /** Its beginning is enough, and the rest is not read before the connection is closed. */
    @Test
    void anEndlessPageIsPinned() throws IOException {
        try (RawServer server = new RawServer((_, out) -> {
            out.write(OK + "\r\n");
            out.repeat(bytes(FOREVER));
        })) {
            assertThat(patient.list(List.of(uri(server))))
                    .containsExactly(new InputFile(uri(server), 1, "\"one\"", false));
            assertThat(server.requests())
                    .as("for its version and for its beginning")
                    .isEqualTo(2);
        }
    }

    /** It comes at full speed, so no limit on time ends it. */
    @Test
    void anEndlessPageIsRefusedAtALimit() throws IOException {
        try (RawServer server = new RawServer((_, out) -> {
            out.write(OK + "\r\n");
            out.repeat(bytes(FOREVER));
        })) {
            ThrowingCallable reading = () -> read(server, patient);
            assertThatThrownBy(reading)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.BAD_INPUT))
                    .hasMessageContainingAll(uri(server), "no end found", "limit 8,388,608");
            assertThat(server.requests()).as("two to list and one to read it").isEqualTo(3);
        }
    }

    @Test
    void aPageIsRefusedWhenItPassesThePinnedLength() throws IOException {
        try (RawServer server = new RawServer((request, out) -> {
            out.write(OK + (request.number() == 1 ? "Content-Length: 1000\r\n\r\n" : "\r\n"));
            out.repeat(bytes(FOREVER));
        })) {
            ThrowingCallable reading = () -> read(server, patient);
            assertThatThrownBy(reading)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.BAD_INPUT))
                    .hasMessageContaining("it had 1000 bytes when the job was planned");
        }
    }
}
