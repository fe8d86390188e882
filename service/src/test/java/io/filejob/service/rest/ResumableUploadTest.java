package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.security.Sha256;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class ResumableUploadTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TYPE = "application/offset+octet-stream";
    private static final Path SCRIPT =
            Path.of("../scripts/tus-js-client").toAbsolutePath().normalize();

    /** Uploads a file with tus-js-client, and aborts once when a part has been sent. */
    private static final String PROGRAM = """
            const tus = require('tus-js-client'), fs = require('fs');
            const [endpoint, token, path] = process.argv.slice(2);
            const size = fs.statSync(path).size;
            let isCut = false;
            function start(url) {
              const upload = new tus.Upload(fs.createReadStream(path), {
                endpoint, uploadUrl: url, uploadSize: size, chunkSize: 4 << 20, retryDelays: [100, 500, 1000],
                headers: {Authorization: 'Bearer ' + token}, metadata: {filename: 'plays.csv'},
                onProgress: sent => {
                  if (!isCut && sent > size / 3) {
                    isCut = true;
                    upload.abort().then(() => start(upload.url));
                  }
                },
                onError: e => { console.log(String(e)); process.exit(1); },
                onSuccess: () => console.log(upload.url + ' ' + isCut)
              });
              upload.start();
            }
            start(null);
            """;

    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(service);
    }

    @Test
    void anIndependentClientContinuesAnAbortedUpload() throws IOException, InterruptedException {
        byte[] content = random(20 << 20);
        Path file = Files.write(folder.resolve("plays.csv"), content);
        Path program = Files.writeString(folder.resolve("upload.js"), PROGRAM);
        String modules = output(new ProcessBuilder(SCRIPT.toString()));
        ProcessBuilder node = new ProcessBuilder(
                "node",
                program.toString(),
                service.resolve("/api/v1/uploads").toString(),
                LocalService.TOKEN,
                file.toString());
        node.environment().put("NODE_PATH", modules);
        String[] result = output(node).split(" ", -1);
        assertThat(result[1]).isEqualTo("true");
        JsonNode upload = file(URI.create(result[0]).getPath());
        assertThat(upload.path("name").asText()).isEqualTo("plays.csv");
        assertThat(upload.path("digest").asText()).isEqualTo(Sha256.of(content));
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(16).nextBytes(content);
        return content;
    }

    private JsonNode file(String uploadPath) {
        HttpResponse<String> response = client.send("GET", uploadPath.replace("/api/v1/uploads/", "/api/v1/files/"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.parse(response.body()).orElseThrow();
    }

    @Test
    void theBytesBeforeABrokenConnectionAreKept() throws IOException {
        byte[] content = random(3 << 20);
        String path = create(content.length);
        int sent = 1 << 20;
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + LocalService.TOKEN
                            + "\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: " + TYPE
                            + "\r\nContent-Length: " + content.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(content, 0, sent);
            out.flush();
            await().atMost(LIMIT).until(() -> offset(path) == sent);
            assertThat(append(path, sent, new byte[1]).statusCode()).isEqualTo(423);
        }
        await().atMost(LIMIT)
                .until(() -> append(path, sent, Arrays.copyOfRange(content, sent, content.length))
                                .statusCode()
                        == 204);
        assertThat(offset(path)).isEqualTo(content.length);
        assertThat(file(path).path("digest").asText()).isEqualTo(Sha256.of(content));
    }

    @Test
    void aTruncatedUploadInOneRequestIsNotStored() throws IOException {
        int before = count();
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/files?name=cut.csv HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                            + LocalService.TOKEN + "\r\nContent-Length: 1000000\r\n\r\na,b\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            await().atMost(LIMIT).until(() -> count() == before + 1);
            list().path("items")
                    .forEach(file -> assertThat(file.path("name").asText().equals("cut.csv") && file.has("digest"))
                            .isFalse());
        }
        await().atMost(LIMIT).until(() -> count() == before);
    }

    private int count() {
        return list().path("items").size();
    }

    private JsonNode list() {
        return Json.parse(client.send("GET", "/api/v1/files").body()).orElseThrow();
    }

    @Test
    void theStepsOfTheProtocolHaveTheirStatus() {
        HttpResponse<String> options = client.send("OPTIONS", "/api/v1/uploads");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Tus-Version")).contains("1.0.0");
        assertThat(options.headers().firstValue("Tus-Extension")).contains("creation,expiration,termination");
        assertThat(options.headers().firstValue("Tus-Max-Size")).contains(Long.toString(LocalService.MAX_UPLOAD));

        String path = create(10);
        assertThat(append(path, 3, new byte[3]).statusCode()).isEqualTo(409);
        HttpResponse<String> first = append(path, 0, "Song,Pl".getBytes(StandardCharsets.UTF_8));
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(first.headers().firstValue("Upload-Offset")).contains("7");
        assertThat(append(path, 7, new byte[4]).statusCode()).isEqualTo(413);
        assertThat(client.send("GET", path.replace("/uploads/", "/files/") + "/columns")
                        .statusCode())
                .isEqualTo(409);
        assertThat(append(path, 7, "ay\n".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(204);
        assertThat(append(path, 10, new byte[0]).statusCode()).isEqualTo(409);
        assertThat(file(path).path("digest").asText()).isEqualTo(Sha256.of("Song,Play\n"));
        assertThat(tus("DELETE", path).statusCode()).isEqualTo(204);
        assertThat(tus("HEAD", path).statusCode()).isEqualTo(404);
        assertThat(append(path, 0, new byte[1]).statusCode()).isEqualTo(404);
    }

    @Test
    void anEmptyFileIsCompleteAtOnce() {
        assertThat(file(create(0)).path("digest").asText()).isEqualTo(Sha256.of(""));
    }

    @ParameterizedTest
    @CsvSource({
        "Tus-Resumable, 0.9.0, Upload-Length, 1, 412",
        "Tus-Resumable, 1.0.0, Upload-Length, -1, 400",
        "Tus-Resumable, 1.0.0, Upload-Length, x, 400",
        "Tus-Resumable, 1.0.0, Upload-Defer-Length, 1, 400",
        "Tus-Resumable, 1.0.0, Upload-Length, 999999999999999, 413",
    })
    void anUploadThatCannotBeCreatedIsRefused(String name, String value, String other, String given, int status) {
        HttpResponse<String> response = client.send("POST", "/api/v1/uploads", "", name, value, other, given);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private String create(long length) {
        HttpResponse<String> created = client.send(
                "POST",
                "/api/v1/uploads",
                "",
                "Tus-Resumable",
                "1.0.0",
                "Upload-Length",
                Long.toString(length),
                "Upload-Metadata",
                "filename " + Base64.getEncoder().encodeToString("../plays.csv".getBytes(StandardCharsets.UTF_8)));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> tus(String method, String path) {
        return client.send(method, path, "", "Tus-Resumable", "1.0.0");
    }

    private long offset(String path) {
        return tus("HEAD", path).headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    private HttpResponse<String> append(String path, long offset, byte[] bytes) {
        return client.send(
                "PATCH",
                path,
                BodyPublishers.ofByteArray(bytes),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                Long.toString(offset),
                "Content-Type",
                TYPE);
    }
}
