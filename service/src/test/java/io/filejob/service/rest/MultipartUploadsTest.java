package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.security.Sha256;
import io.filejob.service.BucketService;
import io.filejob.service.LocalService;
import io.filejob.service.upload.MultipartState;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads whose parts the client sends to a real S3 server with the URLs of the service. */
@QuarkusTest
@QuarkusTestResource(value = BucketService.class, restrictToAnnotatedClass = true)
class MultipartUploadsTest extends MultipartFixture {
    private static final int PART = 16 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void partsBecomeAFileWithTheSameBytes() {
        byte[] content = random(PART + 5);
        JsonNode upload = begin(content.length);
        assertThat(upload.path("name").asText()).isEqualTo("plays.csv");
        assertThat(upload.path("partBytes").asInt()).isEqualTo(PART);
        assertThat(upload.path("partCount").asInt()).isEqualTo(2);
        assertThat(upload.path("parts").findValuesAsText("bytes")).containsExactly(Integer.toString(PART), "5");
        assertThat(upload.path("parts").findValuesAsText("url"))
                .allMatch(url -> url.startsWith(BucketService.publicEndpoint() + "/" + BucketService.BUCKET + "/"));
        ObjectNode request = sent(upload, content).put("digest", Sha256.of(content));
        HttpResponse<String> response = complete(id(upload), request.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode file = json(response);
        assertThat(file.path("bytes").asInt()).isEqualTo(content.length);
        assertThat(file.path("digest").asText()).isEqualTo(Sha256.of(content));
        assertThat(stored(id(upload))).isEqualTo(content);
        assertThat(json(client.get("/api/v1/files/" + id(upload)))).isEqualTo(file);
        assertThat(keys(id(upload))).containsExactlyInAnyOrder("data.csv", "upload.json");

        // A second completion returns the same, whether or not it states the digest.
        assertThat(json(complete(id(upload), request.toString()))).isEqualTo(file);
        request.remove("digest");
        assertThat(json(complete(id(upload), request.toString()))).isEqualTo(file);
        request.put("digest", Sha256.of("other"));
        assertThat(complete(id(upload), request.toString()).statusCode()).isEqualTo(409);
        assertThat(client.get(PATH + "/" + id(upload)).statusCode()).isEqualTo(409);
        assertThat(client.send("DELETE", PATH + "/" + id(upload)).statusCode()).isEqualTo(409);
    }

    @Test
    void missingAndOtherPartsAreNamedAndTheUploadContinues() {
        byte[] content = random(PART + 5);
        JsonNode upload = begin(content.length);
        String path = PATH + "/" + id(upload);
        String first =
                put(upload.at("/parts/0"), content).headers().firstValue("ETag").orElseThrow();
        ObjectNode request = Json.object();
        ArrayNode parts = request.putArray("parts");
        parts.addObject().put("number", 1).put("etag", first);
        parts.addObject().put("number", 2).put("etag", "\"of-no-part\"");
        HttpResponse<String> missing = complete(id(upload), request.toString());
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(json(missing).path("errors").findValuesAsText("detail"))
                .containsExactly("part 2 is not stored; send it");
        JsonNode state = json(client.get(path));
        assertThat(state.at("/parts/0/etag").asText()).isEqualTo(first);
        assertThat(state.at("/parts/1").has("etag")).isFalse();

        String second =
                put(state.at("/parts/1"), content).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> other = complete(id(upload), request.toString());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).path("errors").findValuesAsText("detail"))
                .containsExactly("part 2 is stored with another etag (of-no-part); send it again");
        parts.remove(1);
        assertThat(json(complete(id(upload), request.toString())).path("errors").findValuesAsText("detail"))
                .containsExactly("part 2 is not listed; add it");
        parts.addObject().put("number", 1).put("etag", first);
        parts.addObject().put("number", 3).put("etag", first);
        assertThat(json(complete(id(upload), request.toString())).path("errors").findValuesAsText("field"))
                .containsExactly("parts[1].number", "parts[2].number", "parts");
        parts.removeAll();
        // The order of the list does not matter, nor do the quotes.
        parts.addObject().put("number", 2).put("etag", second.replace("\"", ""));
        parts.addObject().put("number", 1).put("etag", first);
        assertThat(complete(id(upload), request.toString()).statusCode()).isEqualTo(200);
        assertThat(stored(id(upload))).isEqualTo(content);
    }

    @Test
    void theStorageRefusesAPartOfAnotherSize() {
        JsonNode part = begin(SMALL.length).at("/parts/0");
        assertThat(put(part.path("url").asText(), random(SMALL.length + 1)).statusCode())
                .isEqualTo(403);
        assertThat(put(part, SMALL).statusCode()).isEqualTo(200);
    }

    @Test
    void aFileWithAnotherDigestIsDeleted() {
        JsonNode upload = begin(SMALL.length);
        HttpResponse<String> response = complete(
                id(upload),
                sent(upload, SMALL).put("digest", Sha256.of("other")).toString());
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains(Sha256.of(SMALL));
        assertThat(client.get("/api/v1/files/" + id(upload)).statusCode()).isEqualTo(404);
        assertThat(keys(id(upload))).isEmpty();
    }

    @Test
    void anAbortedUploadLeavesNothing() {
        JsonNode upload = begin(SMALL.length);
        ObjectNode request = sent(upload, SMALL);
        assertThat(keys(id(upload))).contains("unfinished");
        assertThat(client.send("DELETE", PATH + "/" + id(upload)).statusCode()).isEqualTo(204);
        assertThat(keys(id(upload))).isEmpty();
        assertThat(client.send("DELETE", PATH + "/" + id(upload)).statusCode()).isEqualTo(404);
        assertThat(complete(id(upload), request.toString()).statusCode()).isEqualTo(404);
    }

    @Test
    void anUploadOfAnotherCallerDoesNotExist() {
        String path = PATH + "/" + shortLived("another").id();
        assertThat(client.get(path).statusCode()).isEqualTo(404);
        assertThat(post(path + "/complete", "{\"parts\": [{\"number\": 1, \"etag\": \"a\"}]}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.send("DELETE", path).statusCode()).isEqualTo(404);
        assertThat(client.get("/api/v1/files").body()).doesNotContain(path.substring(PATH.length() + 1));
    }

    @Test
    void anUploadOutlivesItsUrls() {
        MultipartState upload = shortLived("local");
        String expired = upload.parts().getFirst().url();
        await().atMost(LIMIT).until(() -> put(expired, SMALL).statusCode() == 403);
        JsonNode renewed = json(client.get(PATH + "/" + upload.id()));
        assertThat(Instant.parse(renewed.path("urlExpiry").asText()))
                .isAfter(Instant.parse(upload.urlExpiry()).plus(Duration.ofMinutes(50)));
        HttpResponse<String> response =
                complete(upload.id(), sent(renewed, SMALL).toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).path("digest").asText()).isEqualTo(Sha256.of(SMALL));
    }

    @Test
    void anUploadThatWasGivenUpIsAborted() {
        JsonNode upload = begin(SMALL.length);
        sent(upload, SMALL);
        String key = BucketService.PREFIX + id(upload) + "/upload.json";
        ObjectNode note = (ObjectNode) Json.parse(storage.getObjectAsBytes(
                                request -> request.bucket(BucketService.BUCKET).key(key))
                        .asUtf8String())
                .orElseThrow();
        assertThat(note.path("expiry").asText()).isEqualTo(upload.path("expiry").asText());
        note.put("expiry", Instant.now().minusSeconds(1).toString());
        storage.putObject(
                request -> request.bucket(BucketService.BUCKET).key(key), RequestBody.fromString(note.toString()));
        await().atMost(LIMIT).until(() -> keys(id(upload)).isEmpty());
        await().atMost(LIMIT).until(() -> client.get(PATH + "/" + id(upload)).statusCode() == 410);
    }

    @Test
    void aCompletionContinuesAfterAServiceThatWasKilledBetweenItsSteps() {
        JsonNode upload = begin(SMALL.length);
        ObjectNode request = sent(upload, SMALL);
        String key = BucketService.PREFIX + id(upload) + "/data.csv";
        String multipart = storage.listMultipartUploads(all -> all.bucket(BucketService.BUCKET)).uploads().stream()
                .filter(found -> found.key().equals(key))
                .findFirst()
                .orElseThrow()
                .uploadId();
        storage.completeMultipartUpload(last -> last.bucket(BucketService.BUCKET)
                .key(key)
                .uploadId(multipart)
                .multipartUpload(all -> all.parts(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(request.at("/parts/0/etag").asText())
                        .build())));
        assertThat(json(client.get("/api/v1/files/" + id(upload))).has("digest"))
                .isFalse();
        HttpResponse<String> response = complete(id(upload), request.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).path("digest").asText()).isEqualTo(Sha256.of(SMALL));
    }

    @Test
    void urlsOfManyPartsAreReturnedInPages() {
        JsonNode upload = begin((int) LocalService.MAX_UPLOAD);
        String path = PATH + "/" + id(upload);
        JsonNode first = json(client.get(path + "?limit=3"));
        assertThat(first.path("parts").findValuesAsText("number")).containsExactly("1", "2", "3");
        assertThat(first.path("next").asInt()).isEqualTo(3);
        JsonNode last =
                json(client.get(path + "?limit=3&after=" + first.path("next").asInt()));
        assertThat(last.path("parts").findValuesAsText("number")).containsExactly("4");
        assertThat(last.path("parts").findValuesAsText("offset")).containsExactly(Integer.toString(3 * PART));
        assertThat(last.has("next")).isFalse();
        assertThat(client.get(path + "?limit=1001").statusCode()).isEqualTo(400);
        assertThat(client.get(path + "?after=-1").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{, 400, not a JSON object",
                "{\"bytes\": 0}, 422, send an empty file",
                "{}, 422, bytes",
                "{\"bytes\": \"10\"}, 422, bytes",
                "{\"bytes\": 1.5}, 422, bytes",
                "`{\"bytes\": 10, \"name\": 1}`, 422, name",
                "`{\"bytes\": 10, \"other\": 1}`, 422, other",
                "{\"bytes\": 67108865}, 413, 67108864",
                "{\"bytes\": 9223372036854775808}, 422, bytes",
            })
    void aRequestThatIsNotValidIsRefusedWithTheField(String body, int status, String text) {
        HttpResponse<String> response = post(PATH, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(text);
    }

    @Test
    void aResumableRequestDoesNotWriteToAnUploadInParts() {
        JsonNode upload = begin(SMALL.length);
        HttpResponse<String> response = client.send(
                "PATCH",
                "/api/v1/uploads/" + id(upload),
                "a",
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                "0",
                "Content-Type",
                "application/offset+octet-stream");
        assertThat(response.statusCode()).isEqualTo(409);
        HttpResponse<String> resumable =
                client.send("POST", "/api/v1/uploads", "", "Tus-Resumable", "1.0.0", "Upload-Length", "10");
        String id = resumable.headers().firstValue("Location").orElseThrow().substring("/api/v1/uploads/".length());
        assertThat(client.get(PATH + "/" + id).statusCode()).isEqualTo(404);
        assertThat(client.send("DELETE", PATH + "/" + id).statusCode()).isEqualTo(404);
    }
}
