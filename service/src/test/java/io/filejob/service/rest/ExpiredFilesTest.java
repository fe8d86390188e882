package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A service that keeps files for a short time. */
@QuarkusTest
@QuarkusTestResource(
        value = LocalService.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "filejob.service.time-to-live", value = "PT8S"),
            @ResourceArg(name = "filejob.service.sweep-interval", value = "PT0.1S")
        })
class ExpiredFilesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TestHTTPResource("/")
    URI service;

    @Test
    void anExpiredFileIsGoneUnlessAJobWithoutAnEndReadsIt() {
        ServiceClient client = new ServiceClient(service);
        JsonNode read = json(client.send("POST", "/api/v1/files", "a\n1\n"));
        HttpResponse<String> created = client.send(
                "POST", "/api/v1/jobs", """
                {"apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "waits"},
                 "spec": {"suspend": true, "input": {"files": ["%s"]}, "operation": {"average": {"column": "a"}}}}
                """.formatted(read.path("uri").asText()), "Content-Type", "application/json");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        JsonNode unread = json(client.send("POST", "/api/v1/files", "a\n2\n"));
        String unreadFile = "/api/v1/files/" + unread.path("id").asText();
        String unreadUpload = "/api/v1/uploads/" + unread.path("id").asText();
        String readFile = "/api/v1/files/" + read.path("id").asText();

        await().atMost(LIMIT).until(() -> client.get(unreadFile).statusCode() != 200);
        await().atMost(LIMIT).until(() -> !Path.of(URI.create(unread.path("uri").asText()))
                .toFile()
                .exists());
        HttpResponse<String> gone = client.get(unreadFile);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(json(gone).path("type").asText()).isEqualTo("urn:filejob:problem:file-expired");
        assertThat(json(gone).path("detail").asText()).contains("upload it again");
        assertThat(client.get(unreadFile + "/columns").statusCode()).isEqualTo(410);
        assertThat(client.send("DELETE", unreadFile).statusCode()).isEqualTo(410);
        assertThat(client.send("HEAD", unreadUpload, "", "Tus-Resumable", "1.0.0")
                        .statusCode())
                .isEqualTo(410);
        assertThat(client.send(
                                "PATCH",
                                unreadUpload,
                                "b",
                                "Tus-Resumable",
                                "1.0.0",
                                "Upload-Offset",
                                "4",
                                "Content-Type",
                                "application/offset+octet-stream")
                        .statusCode())
                .isEqualTo(410);
        assertThat(client.get("/api/v1/files").body())
                .doesNotContain(unread.path("id").asText());

        // The file that the job reads is renewed: its expiry moves.
        await().atMost(LIMIT).until(() -> {
            JsonNode kept = json(client.get(readFile));
            return Instant.parse(kept.path("expiry").asText("1970-01-01T00:00:00Z"))
                    .isAfter(Instant.parse(read.path("expiry").asText()).plusSeconds(9));
        });
        assertThat(client.send("DELETE", readFile).statusCode()).isEqualTo(409);
        String job = "/api/v1/jobs/" + json(created).at("/metadata/name").asText();
        assertThat(client.send("DELETE", job, "", "If-Match", "*").statusCode()).isEqualTo(204);
        await().atMost(LIMIT).until(() -> client.get(readFile).statusCode() == 410);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body()).orElseThrow();
    }
}
