package io.filejob.storage.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.filejob.storage.Storage;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, pauses and connections. */
@Timeout(300)
final class WebFetchTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private WebFetches fetches;

    @BeforeEach
    void start() {
        fetches = new WebFetches(time, folder);
    }

    private long fetch(String... uris) throws FetchException {
        return fetches.fetch(HostGuard.local(null), uris);
    }

    /** Responds with {@code first} to all requests but the last of an image. */
    private static RawServer failing(String first, int times) throws IOException {
        return new RawServer((request, out) -> out.write(request.number() <= times ? first : OK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 408 X\r\n\r\n",
                "HTTP/1.1 429 X\r\n\r\n",
                "HTTP/1.1 500 X\r\n\r\n",
                "HTTP/1.1 502 X\r\n\r\n",
                "HTTP/1.1 503 X\r\n\r\n",
                "HTTP/1.1 504 X\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut off",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ncut off"
            })
    void twoFailuresAreRetriedAndNotAThird(String failure) throws Exception {
        try (RawServer server = failing(failure, 2)) {
            assertThat(fetch(server.uri())).isEqualTo(2);
            assertThat(folder.resolve("target")).hasContent("ok");
            assertThat(server.requests()).isEqualTo(3);
            assertThat(time.passed()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(3));
        }
        try (RawServer server = failing(failure, 3)) {
            assertThatThrownBy(() -> fetch(server.uri()))
                    .isInstanceOf(FetchException.class)
                    .hasMessageEndingWith("(3 attempts)");
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void aServerWithoutAListenerIsUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        fetches.assertProblem(
                FetchProblem.UNAVAILABLE, "the connection fails", HostGuard.local(null), "http://127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Retry-After: 7",
                "Retry-After:  7 ",
                "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wed, 21 Oct 2015 07:28:07 GMT",
                "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nRetry-After: Wednesday, 21-Oct-15 07:28:07 GMT"
            })
    void theServerSaysWhenToComeBack(String header) throws Exception {
        try (RawServer server = failing("HTTP/1.1 503 X\r\n" + header + "\r\n\r\n", 2)) {
            assertThat(fetch(server.uri())).isEqualTo(2);
        }
        assertThat(time.passed()).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-7",
                "7s",
                "",
                "Wed, 21 Oct 2015 07:28:07 GMT",
                "Wed, 21 Oct 2015 07:28:07 GMT\r\nDate: Wed, 21 Oct 2015 07:29:00 GMT"
            })
    void otherTextsAreIgnored(String value) throws Exception {
        try (RawServer server = failing("HTTP/1.1 429 X\r\nRetry-After: " + value + "\r\n\r\n", 1)) {
            assertThat(fetch(server.uri())).isEqualTo(2);
        }
        assertThat(time.passed()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aServerThatWantsALongPauseIsNotAwaited() throws Exception {
        try (RawServer server = failing("HTTP/1.1 429 X\r\nRetry-After: 99999999999\r\n\r\n", 9)) {
            fetches.assertProblem(FetchProblem.UNAVAILABLE, "asked for a pause", HostGuard.local(null), server.uri());
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    /** Pages of errors and redirects are read for this. */
    @Test
    void allResponsesOfAHostUseOneConnection() throws Exception {
        Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            connections.add(exchange.getRemoteAddress());
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().add("Location", "/200");
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), 3);
            exchange.getResponseBody().write(new byte[3]);
            exchange.getResponseBody().close();
        });
        server.start();
        String uri = "http://127.0.0.1:" + server.getAddress().getPort();
        try (WebClient client = TestTime.client(HostGuard.local(null))) {
            WebFetch fetches = time.fetches(client);
            for (int i = 0; i < 10; i++) {
                fetches.fetch(BrowserUrl.parse(uri + "/200"), folder.resolve("target"));
                fetches.fetch(BrowserUrl.parse(uri + "/302"), folder.resolve("target"));
                assertThatThrownBy(() -> fetches.fetch(BrowserUrl.parse(uri + "/404"), folder.resolve("target")))
                        .isInstanceOf(FetchException.class);
            }
            assertThat(connections).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    /** It costs some attempts and two minutes once, not three attempts for each file. */
    @Test
    void filesOfADeadServerFailAtOnceAfterSomeTime() throws Exception {
        try (RawServer server = new RawServer((_, out) -> out.write("HTTP/1.1 502 X\r\n\r\n"));
                WebClient client = TestTime.client(HostGuard.local(null))) {
            WebFetch fetches = time.fetches(client);
            for (int i = 0; i < 1_000; i++) {
                assertThatThrownBy(() -> fetches.fetch(BrowserUrl.parse(server.uri()), folder.resolve("target")))
                        .isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.problem())
                                .isEqualTo(FetchProblem.UNAVAILABLE));
            }
            assertThat(server.requests()).isLessThan(20);
            assertThat(time.passed()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
        }
    }

    /** All permitted connections of one host wait for its responses; those of another one are served. */
    @Test
    void aSilentHostDoesNotDelayOthers() throws Exception {
        try (RawServer silent = new RawServer((_, out) -> out.trickle(new byte[1 << 20]));
                RawServer server = new RawServer((_, out) -> out.write(OK));
                Storage storage = new Storage(Path.of("/"));
                Fetcher fetcher = storage.fetcher(new FetchLimits(10, Duration.ofHours(1), 2));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> waiting = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Path target = folder.resolve("silent" + i);
                waiting.add(threads.submit(() -> fetcher.fetch(silent.uri(), target)));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> silent.requests() == 2);
            for (int i = 0; i < 100; i++) {
                assertThat(fetcher.fetch(server.uri(), folder.resolve("target")))
                        .isEqualTo(2);
            }
            assertThat(silent.requests()).isEqualTo(2);
            assertThat(waiting).noneMatch(Future::isDone);
            threads.shutdownNow();
        }
    }
}
