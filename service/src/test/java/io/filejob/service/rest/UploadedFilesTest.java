package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.security.Sha256;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.service.Zeros;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class UploadedFilesTest {
    private static final String CSV = "Song,Date,Plays\nA,2020-01-01,3\n";

    @TestHTTPResource("/")
    URI service;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(service);
    }

    @Test
    void anUploadedFileHasTheSameBytesAndADescription() throws IOException {
        HttpResponse<String> response = client.send("POST", "/api/v1/files?name=plays.csv", CSV);
        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode file = json(response);
        assertThat(file.path("name").asText()).isEqualTo("plays.csv");
        assertThat(file.path("bytes").asLong()).isEqualTo(CSV.length());
        assertThat(file.path("digest").asText()).isEqualTo(Sha256.of(CSV));
        assertThat(Instant.parse(file.path("expiry").asText())).isAfter(Instant.now());
        assertThat(Files.readString(path(file))).isEqualTo(CSV);
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(json(client.send("GET", location))).isEqualTo(file);
        assertThat(json(client.send("GET", location + "/columns")).path("columns"))
                .extracting(JsonNode::asText)
                .containsExactly("Song", "Date", "Plays");
        assertThat(json(client.send("GET", "/api/v1/files")).path("items").findValuesAsText("id"))
                .contains(file.path("id").asText());

        assertThat(client.send("DELETE", location).statusCode()).isEqualTo(204);
        assertThat(client.send("GET", location).statusCode()).isEqualTo(404);
        assertThat(path(file)).doesNotExist();
    }

    @Test
    void aNameIsALabelAndOnlyItsEndingIsUsed() {
        HttpResponse<String> response = client.send(
                "POST",
                "/api/v1/files",
                CSV,
                "Content-Disposition",
                "attachment; filename=\"../../..%2f/etc/plays.CSV.gz\"");
        JsonNode file = json(response);
        assertThat(file.path("name").asText()).isEqualTo("plays.CSV.gz");
        assertThat(file.path("uri").asText()).endsWith("/" + file.path("id").asText() + "/data.csv.gz");
    }

    @Test
    void aWrongDigestIsRefusedAndNothingIsLeft() throws IOException {
        long before = count();
        String other = "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(
                                HexFormat.of().parseHex(Sha256.of("other").substring("sha256:".length())))
                + ":";
        HttpResponse<String> response = client.send("POST", "/api/v1/files", CSV, "Content-Digest", other);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains(Sha256.of(CSV));
        assertThat(client.send("POST", "/api/v1/files", CSV, "Content-Digest", "sha-256=:x:")
                        .statusCode())
                .isEqualTo(400);
        assertThat(count()).isEqualTo(before);
        String right = "md5=:aaaa:, sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(HexFormat.of().parseHex(Sha256.of(CSV).substring("sha256:".length())))
                + ":";
        assertThat(client.send("POST", "/api/v1/files", CSV, "Content-Digest", right)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aFileAboveTheLimitIsRefusedWithTheLimitAndNothingIsLeft() throws IOException {
        long before = count();
        String limit = Long.toString(LocalService.MAX_UPLOAD);
        HttpResponse<String> chunked = client.send(
                "POST", "/api/v1/files", BodyPublishers.ofInputStream(() -> new Zeros(LocalService.MAX_UPLOAD + 1)));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains(limit);
        HttpResponse<String> announced = client.send(
                "POST",
                "/api/v1/files",
                BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> new Zeros(LocalService.MAX_UPLOAD + 1)),
                        LocalService.MAX_UPLOAD + 1));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void aLargeFileIsStoredAsItIs() throws IOException {
        long size = LocalService.MAX_UPLOAD;
        HttpResponse<String> response =
                client.send("POST", "/api/v1/files", BodyPublishers.ofInputStream(() -> new Zeros(size)));
        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode file = json(response);
        assertThat(Files.size(path(file))).isEqualTo(size);
        byte[] zeros = new byte[1 << 20];
        Sha256 digest = new Sha256();
        for (long at = 0; at < size; at += zeros.length) {
            digest.update(zeros, 0, zeros.length);
        }
        assertThat(file.path("digest").asText()).isEqualTo(digest.text());
        client.send("DELETE", "/api/v1/files/" + file.path("id").asText());
    }

    @Test
    void aServiceWithoutAStorageThatClientsReachOffersNoUploadsInParts() {
        HttpResponse<String> response =
                client.send("POST", "/api/v1/multipart-uploads", "{\"bytes\": 10}", "Content-Type", "application/json");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("urn:filejob:problem:parts-not-offered", "POST /api/v1/files");
    }

    private long count() throws IOException {
        Path folder = uploads();
        HttpResponse<String> list = client.send("GET", "/api/v1/files");
        try (Stream<Path> folders = Files.list(folder)) {
            long stored = folders.count();
            assertThat(stored).isEqualTo(json(list).path("items").size());
            return stored;
        }
    }

    private Path uploads() {
        JsonNode file = json(client.send("POST", "/api/v1/files", CSV));
        client.send("DELETE", "/api/v1/files/" + file.path("id").asText());
        return path(file).resolve("../..").normalize();
    }

    private static Path path(JsonNode file) {
        return Path.of(URI.create(file.path("uri").asText()));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return Json.parse(response.body()).orElseThrow();
    }
}
