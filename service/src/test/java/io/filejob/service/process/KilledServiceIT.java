package io.filejob.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.security.Sha256;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and downloads continue after the service has been killed and started again. */
final class KilledServiceIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String[] TUS = {"Tus-Resumable", "1.0.0"};
    private static final int SIZE = 32 << 20;

    @TempDir
    Path data;

    private static byte[] content() {
        byte[] content = new byte[SIZE];
        new Random(16).nextBytes(content);
        return content;
    }

    @Test
    void anUploadContinuesWhereItWasKilled() throws Exception {
        byte[] content = content();
        String path;
        try (ServiceProcess killed = ServiceProcess.start(data)) {
            ServiceClient client = killed.client();
            path = client.send("POST", "/api/v1/uploads", "", "Tus-Resumable", "1.0.0", "Upload-Length", "" + SIZE)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            try (Socket socket = new Socket(killed.uri().getHost(), killed.uri().getPort())) {
                socket.getOutputStream()
                        .write(("PATCH " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + LocalService.TOKEN + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                                        + "Content-Type: application/offset+octet-stream\r\nContent-Length: " + SIZE
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(content, 0, SIZE / 2);
                socket.getOutputStream().flush();
                await().atMost(LIMIT).until(() -> offset(client, path) > SIZE / 4);
                killed.kill();
            }
        }
        try (ServiceProcess next = ServiceProcess.start(data)) {
            ServiceClient client = next.client();
            int offset = (int) offset(client, path);
            assertThat(offset).isBetween(SIZE / 4, SIZE / 2);
            HttpResponse<String> rest = client.send(
                    "PATCH",
                    path,
                    BodyPublishers.ofByteArray(content, offset, SIZE - offset),
                    "Tus-Resumable",
                    "1.0.0",
                    "Upload-Offset",
                    Integer.toString(offset),
                    "Content-Type",
                    "application/offset+octet-stream");
            assertThat(rest.statusCode()).as(rest.body()).isEqualTo(204);
            assertThat(json(client.get(path.replace("/uploads/", "/files/")))
                            .path("digest")
                            .asText())
                    .isEqualTo(Sha256.of(content));
        }
    }

    private static long offset(ServiceClient client, String path) {
        return client.send("HEAD", path, "", TUS)
                .headers()
                .firstValueAsLong("Upload-Offset")
                .orElseThrow();
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return Json.parse(response.body()).orElseThrow();
    }

    @Test
    void aDownloadContinuesWhereItWasKilled() throws Exception {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        String result;
        String tag;
        try (ServiceProcess killed = ServiceProcess.start(data);
                HttpClient http = HttpClient.newHttpClient()) {
            result = runJob(killed.client()) + "/result";
            HttpResponse<InputStream> response = http.send(
                    HttpRequest.newBuilder(killed.uri().resolve(result))
                            .header("Authorization", "Bearer " + LocalService.TOKEN)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            tag = response.headers().firstValue("ETag").orElseThrow();
            try (InputStream body = response.body()) {
                received.write(body.readNBytes(1 << 20));
                killed.kill();
                readUntilCut(body, received);
            }
        }
        int offset = received.size();
        try (ServiceProcess next = ServiceProcess.start(data)) {
            HttpResponse<String> rest = next.client().get(result, "Range", "bytes=" + offset + "-", "If-Range", tag);
            assertThat(rest.statusCode()).isEqualTo(206);
            received.write(rest.body().getBytes(StandardCharsets.UTF_8));
            String whole = next.client().get(result).body();
            assertThat(offset).isLessThan(whole.length());
            assertThat(received.toString(StandardCharsets.UTF_8)).isEqualTo(whole);
        }
    }

    private static void readUntilCut(InputStream body, ByteArrayOutputStream received) {
        byte[] buffer = new byte[1 << 16];
        try {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                received.write(buffer, 0, count);
            }
        } catch (IOException e) {
            assertThat(e).as("the connection broke").isNotNull();
        }
    }

    /** Runs a job with a result of 32 MB, and returns its path. */
    private static String runJob(ServiceClient client) {
        StringBuilder rows = new StringBuilder("key,value\n");
        String filler = "x".repeat(SIZE / 2000);
        for (int i = 0; i < 2000; i++) {
            rows.append(i).append(filler).append(",1\n");
        }
        String uri = json(client.send("POST", "/api/v1/files?name=rows.csv", rows.toString()))
                .path("uri")
                .asText();
        HttpResponse<String> created =
                client.send("POST", "/api/v1/jobs", """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: large}
                        spec:
                          input: {files: ["%s"], format: {csv: {}}}
                          operation: {aggregate: {groupBy: [key], measures: [{function: count, as: n}]}}
                          output: {uri: result.csv}
                        """.formatted(uri), "Content-Type", "application/yaml");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        String job = URI.create(created.headers().firstValue("Location").orElseThrow())
                .getPath();
        await().atMost(LIMIT).until(() -> {
            String phase = json(client.get(job)).at("/status/phase").asText();
            assertThat(phase).isNotEqualTo("Failed");
            return phase.equals("Complete");
        });
        return job;
    }
}
