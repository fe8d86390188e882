package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.service.BucketService;
import io.filejob.service.ServiceClient;
import io.filejob.service.upload.MultipartState;
import io.filejob.service.upload.S3UploadStore;
import io.filejob.spec.S3Spec;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedParts;
import io.filejob.storage.s3.S3Location;
import io.filejob.testing.s3.S3Server;
import io.filejob.value.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

/** Requests of a client that sends the parts of its uploads to a real S3 server, and a look at what is stored there. */
abstract class MultipartFixture {
    static final String PATH = "/api/v1/multipart-uploads";
    static final byte[] SMALL = "Song,Plays\na,1\n".getBytes(StandardCharsets.UTF_8);
    private static final HttpClient BROWSER =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI service;

    ServiceClient client;
    S3Client storage;

    @BeforeEach
    void connect() {
        client = new ServiceClient(service);
        storage = S3Server.client(BucketService.endpoint());
    }

    /** Begins an upload and returns its state. */
    JsonNode begin(int bytes) {
        HttpResponse<String> response = post(PATH, "{\"name\": \"a/plays.csv\", \"bytes\": " + bytes + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode begun = json(response);
        assertThat(response.headers().firstValue("Location"))
                .hasValue(PATH + "/" + begun.path("id").asText());
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        return begun;
    }

    HttpResponse<String> post(String path, String body) {
        return client.send("POST", path, body, "Content-Type", "application/json");
    }

    HttpResponse<String> complete(String id, String body) {
        return post(PATH + "/" + id + "/complete", body);
    }

    static String id(JsonNode upload) {
        return upload.path("id").asText();
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body()).orElseThrow();
    }

    /** Sends the bytes of {@code part}, without credentials, and returns the response of the storage. */
    static HttpResponse<String> put(JsonNode part, byte[] content) {
        int offset = part.path("offset").asInt();
        byte[] bytes =
                Arrays.copyOfRange(content, offset, offset + part.path("bytes").asInt());
        return put(part.path("url").asText(), bytes);
    }

    static HttpResponse<String> put(String url, byte[] bytes) {
        try {
            return BROWSER.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .PUT(BodyPublishers.ofByteArray(bytes))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends all parts and returns the request that completes the upload. */
    static ObjectNode sent(JsonNode upload, byte[] content) {
        ObjectNode request = Json.object();
        ArrayNode parts = request.putArray("parts");
        for (JsonNode part : upload.path("parts")) {
            HttpResponse<String> response = put(part, content);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            parts.addObject()
                    .put("number", part.path("number").asInt())
                    .put("etag", response.headers().firstValue("ETag").orElseThrow());
        }
        return request;
    }

    static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** Returns the names of the objects of an upload, and {@code unfinished} for a multipart upload. */
    List<String> keys(String id) {
        List<String> keys = new ArrayList<>();
        storage.listObjectsV2(request -> request.bucket(BucketService.BUCKET).prefix(BucketService.PREFIX + id))
                .contents()
                .forEach(object -> keys.add(object.key().substring((BucketService.PREFIX + id + "/").length())));
        storage.listMultipartUploads(request -> request.bucket(BucketService.BUCKET)).uploads().stream()
                .filter(upload -> upload.key().contains(id))
                .forEach(_ -> keys.add("unfinished"));
        return keys;
    }

    byte[] stored(String id) {
        return storage.getObjectAsBytes(
                        request -> request.bucket(BucketService.BUCKET).key(BucketService.PREFIX + id + "/data.csv"))
                .asByteArray();
    }

    /** Returns uploads of the same bucket, with URLs that are valid for a second. */
    private S3UploadStore shortLived() {
        return new S3UploadStore(
                storage,
                S3Location.ofFolder("s3://" + BucketService.BUCKET + "/" + BucketService.PREFIX),
                () -> new Storage(Path.of("/")),
                new PresignedParts(
                        new S3Spec(BucketService.publicEndpoint(), S3Server.REGION, true, null, null),
                        Secrets.NONE,
                        Duration.ofSeconds(1)),
                Duration.ofHours(1),
                Clock.systemUTC());
    }

    /** Begins an upload of another service with the same bucket, whose URLs are valid for a second. */
    MultipartState shortLived(String owner) {
        return shortLived()
                .multipart()
                .orElseThrow()
                .begin(UUID.randomUUID().toString(), owner, "plays.csv", SMALL.length, 1);
    }
}
