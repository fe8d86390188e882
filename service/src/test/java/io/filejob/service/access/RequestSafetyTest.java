package io.filejob.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of pages of other sites and of hostile clients, byte by byte. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class RequestSafetyTest {
    private static final String TOKEN = "Authorization: Bearer " + LocalService.TOKEN;
    private static final String COOKIE = "Cookie: filejob_token=" + LocalService.TOKEN;

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "[::2]", ""})
    void anotherNameOfThisMachineIsRefused(String host) throws IOException {
        assertThat(status("GET /api/v1/jobs HTTP/1.1", "Host: " + host, TOKEN)).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "localhost:8780", "[::1]:8780"})
    void theNamesOfThisMachineAreAccepted(String host) throws IOException {
        assertThat(status("GET /api/v1/jobs HTTP/1.1", "Host: " + host, TOKEN)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site: cross-site, 403",
        "Sec-Fetch-Site: same-site, 403",
        "Origin: http://evil.example, 403",
        "Origin: null, 403",
        "Origin: https://localhost.evil.example, 403",
        "Sec-Fetch-Site: same-origin, 415",
        "Sec-Fetch-Site: none, 415",
        "Origin: http://localhost, 415",
        "X-Other: 1, 415",
    })
    void onlyPagesOfThisServiceChangeAnything(String header, int status) throws IOException {
        for (String method : new String[] {"POST /api/v1/jobs", "PATCH /api/v1/jobs/x"}) {
            assertThat(status(
                            method + " HTTP/1.1",
                            "Host: localhost",
                            COOKIE,
                            header,
                            "Content-Type: text/plain",
                            "Content-Length: 0"))
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/jobs",
                "/api/v1/jobs/x/events",
                "/api/v1/files",
                "/api/v1/uploads/x",
                "/api/v1/templates/average",
                "/q/openapi",
                "/api/docs/",
                "//api/v1/jobs",
                "/api/v1/../v1/jobs",
                "/%61pi/v1/jobs",
                "/q/health/../../api/v1/jobs",
                "/q/health/%2e%2e/%2e%2e/api/v1/jobs",
                "/q/healthy"
            })
    void nothingIsReadWithoutTheToken(String path) throws IOException {
        for (String credentials : new String[] {
            "X-None: 1",
            "Authorization: Bearer x",
            "Authorization: Basic eDp5",
            "Cookie: filejob_token=x",
            "Authorization: Bearer",
            "Cookie: filejob_token="
        }) {
            assertThat(status("GET " + path + " HTTP/1.1", "Host: localhost", credentials))
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/jobs/../../../etc/passwd",
                "/api/v1/jobs/%2e%2e%2f%2e%2e%2fetc",
                "/api/v1/jobs/..%5c..%5cetc/result",
                "/api/v1/jobs/%00/result",
                "/api/v1/jobs/a%0d%0aSet-Cookie:x/result",
                "/api/v1/files/%2e%2e/columns",
                "/api/v1/files/..%2f..%2fjob.yaml",
                "/api/v1/jobs/%c0%ae%c0%ae/result",
            })
    void aPathThatLeavesTheDataIsNotFound(String path) throws IOException {
        assertThat(status("GET " + path + " HTTP/1.1", "Host: localhost", TOKEN))
                .isIn(400, 404);
    }

    @Test
    void aNameInAHeaderCannotAddAHeader() throws IOException {
        String response = exchange("POST /api/v1/files?name=a%0d%0aX-Injected:%201 HTTP/1.1\r\nHost: localhost\r\n"
                + TOKEN + "\r\nConnection: close\r\nContent-Length: 3\r\n\r\na,b");
        assertThat(response).startsWith("HTTP/1.1 201");
        assertThat(head(response)).doesNotContain("X-Injected");
    }

    @Test
    void longHeadersAreRefused() throws IOException {
        assertThat(status("GET /api/v1/jobs HTTP/1.1", "Host: localhost", TOKEN, "X-Long: " + "x".repeat(100_000)))
                .isIn(400, 431);
        assertThat(status("GET /api/v1/jobs?text=" + "x".repeat(100_000) + " HTTP/1.1", "Host: localhost", TOKEN))
                .isIn(400, 414);
    }

    @Test
    void aPackedBodyIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[10 << 20]);
        }
        String head = " HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: " + packed.size() + "\r\n";
        assertThat(exchange("POST /api/v1/jobs" + head + "Content-Type: application/yaml\r\n\r\n", packed))
                .startsWith("HTTP/1.1 415");
        assertThat(exchange("POST /api/v1/files" + head + "\r\n", packed)).startsWith("HTTP/1.1 415");
    }

    @Test
    void everyResponseHasTheHeadersOfSafety() throws IOException {
        for (String line : new String[] {"GET /api/v1/jobs", "GET /api/v1/nothing", "GET /q/openapi"}) {
            String head =
                    head(exchange(line + " HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\nConnection: close\r\n\r\n"));
            assertThat(head)
                    .containsIgnoringCase("X-Content-Type-Options: nosniff")
                    .containsIgnoringCase("Content-Security-Policy: default-src 'self'");
        }
    }

    private int status(String line, String... headers) throws IOException {
        String response = exchange(line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
        return response.isEmpty() ? 0 : Integer.parseInt(response.split(" ", 3)[1]);
    }

    private static String head(String response) {
        return response.substring(0, response.indexOf("\r\n\r\n"));
    }

    private String exchange(String request) throws IOException {
        return exchange(request, new ByteArrayOutputStream());
    }

    private String exchange(String request, ByteArrayOutputStream body) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            body.writeTo(socket.getOutputStream());
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
