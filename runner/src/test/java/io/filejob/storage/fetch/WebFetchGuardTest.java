package io.filejob.storage.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.cluster.PodEnvironment;
import io.filejob.spec.NetworkSpec;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.testing.http.NameServer;
import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are looked up for each connection, and their addresses must be ones that may be reached. */
@Timeout(300)
final class WebFetchGuardTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private WebFetches fetches;
    private NameServer names;

    @BeforeEach
    void start() throws IOException {
        fetches = new WebFetches(time, folder);
        names = new NameServer();
    }

    @AfterEach
    void stop() {
        names.close();
    }

    /** A name that exists nowhere else leads to the server, so the looked-up address is the one that is connected to. */
    @Test
    void aNameIsLookedUpOnceForAConnection() throws Exception {
        names.put("shop.example", "127.0.0.1");
        try (RawServer server = new RawServer((_, out) -> out.write(OK))) {
            assertThat(fetches.fetch(guard(), shop(server, "/a"))).isEqualTo(2);
            assertThat(names.queries("shop.example")).isEqualTo(1);
        }
    }

    private HostGuard guard() {
        return HostGuard.local(null).with(names::addresses);
    }

    private static String shop(RawServer server, String path) {
        return server.uri().replace("127.0.0.1", "shop.example") + path;
    }

    /** The first answer is allowed, the next one is private. */
    @Test
    void anAnswerThatFlipsIsRefusedAtTheNextImageRedirectAndRetry() throws Exception {
        try (RawServer server = new RawServer((request, out) -> out.write(
                request.line().contains("/moved")
                        ? "HTTP/1.1 302 Found\r\nLocation: /image\r\n\r\n"
                        : request.line().contains("/busy") ? "HTTP/1.1 503 Busy\r\n\r\n" : OK))) {
            for (List<String> paths : List.of(List.of("/image", "/image"), List.of("/moved"), List.of("/busy"))) {
                names.put("shop.example", "127.0.0.1", "10.0.0.1");
                int before = server.requests();
                fetches.assertProblem(
                        FetchProblem.ADDRESS_REFUSED,
                        "host shop.example has a private address (10.0.0.1)",
                        guard(),
                        paths.stream().map(path -> shop(server, path)).toArray(String[]::new));
                assertThat(server.requests()).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void aNameWithOnePrivateAddressAmongOthersIsRefused() throws Exception {
        names.put("shop.example", "127.0.0.1 127.0.0.2 192.168.0.1");
        try (RawServer server = new RawServer((_, out) -> out.write(OK))) {
            fetches.assertProblem(FetchProblem.ADDRESS_REFUSED, "192.168.0.1", guard(), shop(server, "/"));
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void aNameWithoutAnAddress() {
        names.put("empty.example", "");
        fetches.assertProblem(FetchProblem.NAME_NOT_FOUND, "empty.example", guard(), "http://empty.example/");
        fetches.assertProblem(FetchProblem.NAME_NOT_FOUND, "none.example", guard(), "http://none.example/");
    }

    @Test
    void aRedirectToAHostThatIsNotListedIsRefused() throws Exception {
        names.put("shop.example", "127.0.0.1");
        HostGuard guard =
                HostGuard.local(new NetworkSpec(List.of("shop.example"), null)).with(names::addresses);
        try (RawServer server =
                new RawServer((_, out) -> out.write("HTTP/1.1 301 X\r\nLocation: http://other.example/\r\n\r\n"))) {
            fetches.assertProblem(
                    FetchProblem.ADDRESS_REFUSED, "host other.example is not in", guard, shop(server, "/"));
        }
        assertThat(names.queries("other.example")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1.",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "017700000001",
                "0177.0.0.1",
                "127.1",
                "127.0.1",
                "localhost",
                "LocalHost.",
                "127。0。0。1",
                "①②⑦.0.0.1",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b:1::127.0.0.1]",
                "[2002:7f00:1::1]",
                "[2001:0:7f00:1::1]",
                "169.254.169.254",
                "[fd00:ec2::254]",
                "[fe80::1]"
            })
    void noSpellingOfAPrivateAddressIsReachedInACluster(String host) throws Exception {
        try (RawServer server = new RawServer((_, out) -> out.write(OK));
                WebClient client =
                        TestTime.client(HostGuard.ofPod(null, Map.of(PodEnvironment.ALLOW_PRIVATE, "10.0.0.1")))) {
            String uri = server.uri().replace("127.0.0.1", host);
            assertThatThrownBy(() -> time.fetches(client).fetch(BrowserUrl.parse(uri), folder.resolve("target")))
                    .isInstanceOfSatisfying(FetchException.class, e -> assertThat(e.problem())
                            .isIn(FetchProblem.ADDRESS_REFUSED, FetchProblem.INVALID_URL, FetchProblem.NAME_NOT_FOUND));
            assertThat(server.requests()).isZero();
        }
    }
}
