package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.ErrorLog;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies above the limits, whether their length is announced or not. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class BodyLimitsTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BODY_LIMIT = "limit 2097152 bytes";
    private static final String FIELD_LIMIT = "limit 1048576 bytes";

    private final ErrorLog errors = new ErrorLog();

    @TestHTTPResource("/")
    URI service;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(service);
    }

    @AfterEach
    void nothingIsLoggedAsAnError() {
        errors.close();
        assertThat(errors.messages()).isEmpty();
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));
    }

    private static byte[] repeated(char letter, int size) {
        byte[] body = new byte[size];
        Arrays.fill(body, (byte) letter);
        return body;
    }

    private static void isTooLarge(HttpResponse<String> response, String limit) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Json.parse(response.body()).orElseThrow();
        assertThat(problem.path("status").asInt()).isEqualTo(413);
        assertThat(problem.path("detail").asText()).contains(limit);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,  /api/v1/jobs,                   application/yaml",
        "POST,  /api/v1/jobs,                   application/json",
        "POST,  /api/v1/namespaces/local/jobs,  application/yaml",
        "PATCH, /api/v1/jobs/nothing,           application/merge-patch+json",
        "POST,  /api/v1/templates/average,      application/x-www-form-urlencoded",
        "POST,  /new/average,                   application/x-www-form-urlencoded",
        "POST,  /new/average/draft,             application/x-www-form-urlencoded",
        "POST,  /jobs/local/nothing/workers,    application/x-www-form-urlencoded",
        "POST,  /login,                         application/x-www-form-urlencoded",
    })
    void aLargeBodyIsRefusedWithTheLimit(String method, String path, String type) {
        byte[] body = repeated('#', 4 << 20);
        if (type.equals(FORM)) {
            for (int i = 0; i < body.length; i += 1000) {
                body[i] = '&';
            }
        }
        isTooLarge(client.send(method, path, BodyPublishers.ofByteArray(body), "Content-Type", type), BODY_LIMIT);
        isTooLarge(client.send(method, path, chunked(body), "Content-Type", type), BODY_LIMIT);
        assertThat(client.get("/api/v1/jobs").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "10001", "99999999999"})
    void aNumberInAFormThatIsNotValidIsRefused(String workers) {
        HttpResponse<String> response =
                client.send("POST", "/jobs/local/nothing/workers", "workers=" + workers, "Content-Type", FORM);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("not a number from 1 to 10000");
    }

    @Test
    void aBodyBelowTheLimitIsReadHoweverItIsSent() {
        String manifest = "kind: FileJob\n" + "#".repeat((1 << 20) - 100);
        for (BodyPublisher body : new BodyPublisher[] {
            BodyPublishers.ofString(manifest), chunked(manifest.getBytes(StandardCharsets.UTF_8))
        }) {
            HttpResponse<String> response =
                    client.send("POST", "/api/v1/jobs", body, "Content-Type", "application/yaml");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        }
        assertThat(client.send(
                                "POST",
                                "/api/v1/templates/images",
                                chunked("quality=70".getBytes(StandardCharsets.UTF_8)),
                                "Content-Type",
                                FORM)
                        .body())
                .contains("quality: 70");
    }

    @Test
    void largeFieldsOfAFormWithAFileAreRefusedAndNothingIsCreated() {
        long jobs = count("/api/v1/jobs");
        long files = count("/api/v1/files");
        String file = part("file\"; filename=\"x.csv", "a,b\n");
        isTooLarge(form(file + part("measures", "x".repeat(3 << 20))), FIELD_LIMIT);
        isTooLarge(form(file + part("measures", "x".repeat(1000_000)).repeat(4)), FIELD_LIMIT);
        isTooLarge(form(file + part("measures", "x").repeat(300)), "limit 256");
        String large = part("file\"; filename=\"x.csv", "x".repeat(3 << 20)) + part("template", "average");
        assertThat(form(large).statusCode())
                .as("a large file is no large field")
                .isEqualTo(422);
        assertThat(count("/api/v1/jobs")).isEqualTo(jobs);
        await().atMost(Duration.ofMinutes(2)).until(() -> count("/api/v1/files") == files);
    }

    private static String part(String name, String content) {
        return "--limit\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }

    private HttpResponse<String> form(String parts) {
        return client.send(
                "POST",
                "/api/v1/jobs",
                chunked((parts + "--limit--\r\n").getBytes(StandardCharsets.UTF_8)),
                "Content-Type",
                "multipart/form-data; boundary=limit");
    }

    private long count(String path) {
        return Json.parse(client.get(path).body()).orElseThrow().path("items").size();
    }

    @Test
    void aBrokenConnectionIsNoErrorOfTheService() throws IOException {
        for (String length : new String[] {"Content-Length: 1000", "Transfer-Encoding: chunked"}) {
            try (Socket socket = new Socket(service.getHost(), service.getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(("POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + LocalService.TOKEN + "\r\nContent-Type: application/yaml\r\n" + length
                                + "\r\n\r\n5\r\nkind:\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
        assertThat(client.get("/api/v1/jobs").statusCode()).isEqualTo(200);
    }

    @Test
    void aConnectionIsUsableAfterABodyThatNothingReads() throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            String head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + LocalService.TOKEN + "\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/jobs/nothing/cancel" + head + "Content-Type: text/plain\r\nContent-Length: 300000"
                            + "\r\n\r\n" + "x".repeat(300_000) + "GET /api/v1/jobs" + head
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            String responses = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(responses).contains("HTTP/1.1 404 ").contains("HTTP/1.1 200 ");
        }
    }
}
