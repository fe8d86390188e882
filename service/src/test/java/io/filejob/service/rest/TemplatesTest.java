package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class TemplatesTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String BOUNDARY = "a-boundary";
    private static final String PLAYS = "Song,Date,Plays\nB,2020-01-01,3\nA,2020-01-01,4\nB,2020-01-01,5\n";

    @TestHTTPResource("/")
    URI service;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(service);
    }

    @Test
    void aFormWithAFileBecomesAJobWithAResultToDownload() {
        HttpResponse<String> created = post(
                file("plays.csv", PLAYS),
                field("template", "songs"),
                field("groupBy", "Song"),
                field("groupBy", "Date"),
                field("measures", "sum(Plays) as Total"),
                field("measures", "count"),
                field("workers", "2"));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        String job = created.headers().firstValue("Location").orElseThrow();
        await().atMost(LIMIT).until(() -> json(client.send("GET", job))
                .at("/status/phase")
                .asText()
                .equals("Complete"));
        HttpResponse<String> result = client.send("GET", job + "/result");
        String totals = "Song,Date,Total,count\nA,2020-01-01,4,1\nB,2020-01-01,8,2\n";
        assertThat(result.body()).isEqualTo(totals);
        assertThat(result.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;");
        assertThat(result.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(result.headers().firstValue("Accept-Ranges")).contains("bytes");

        HttpResponse<String> part = client.get(job + "/result", "Range", "bytes=5-8");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("Date");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 5-8/" + totals.length());
        assertThat(client.get(job + "/result", "Range", "bytes=-4").body()).isEqualTo("8,2\n");
        assertThat(client.get(job + "/result", "Range", "bytes=1000-").statusCode())
                .isEqualTo(416);
        String tag = result.headers().firstValue("ETag").orElseThrow();
        assertThat(client.get(job + "/result", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(client.get(job + "/result", "Range", "bytes=5-8", "If-Range", "\"x\"")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> head = client.send("HEAD", job + "/result");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains(Integer.toString(totals.length()));
    }

    @Test
    void anAverageNeedsNoFile() {
        HttpResponse<String> created =
                post(field("template", "average"), field("files", "3"), field("entriesPerFile", "7"));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        assertThat(json(created).at("/spec/input/generate/entriesPerFile").asInt())
                .isEqualTo(7);
    }

    @Test
    void aBadListOfImagesIsRefusedAtOnceWithAllProblems() {
        long before = files();
        HttpResponse<String> response = post(field("template", "images"), file("images.csv", """
                        S. No.,Product Name,Input Image Urls
                        1,Cup,https://shop.example/1.jpg
                        ,Plate,https://shop.example/2.jpg
                        1,Fork,ftp://shop.example/3.jpg
                        """));
        assertThat(response.statusCode()).isEqualTo(422);
        List<JsonNode> errors =
                List.copyOf(json(response).path("errors").valueStream().toList());
        assertThat(errors).extracting(error -> error.path("line").asLong()).contains(3L, 4L);
        assertThat(errors)
                .filteredOn(error -> error.path("line").asLong() == 4)
                .extracting(error -> error.path("value").asText())
                .contains("ftp://shop.example/3.jpg");
        assertThat(errors)
                .allSatisfy(error -> assertThat(error.path("detail").asText()).isNotEmpty());
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "template, sort, 422",
        "template, songs, 422",
        "workers, many, 422",
        "colour, red, 422",
        "files, 0, 422",
        "fileId, x, 404",
    })
    void aFormWithProblemsIsRefused(String name, String value, int status) {
        HttpResponse<String> response = name.equals("template")
                ? post(field(name, value))
                : post(field("template", "average"), field(name, value));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aMissingColumnIsReportedBeforeTheJobStarts() {
        HttpResponse<String> response =
                post(file("plays.csv", PLAYS), field("template", "songs"), field("groupBy", "Artist"));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("Artist");
    }

    @Test
    void aRepeatedRequestWithAKeyCreatesNoSecondJob() {
        String[] parts = {
            field("template", "songs"), field("groupBy", "Song"), field("measures", "sum(Plays)"), file("p.csv", PLAYS)
        };
        HttpResponse<String> first = postWith("key-1", parts);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        HttpResponse<String> second = postWith("key-1", parts);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(202);
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        parts[3] = file("p.csv", PLAYS + "C,2020-01-01,1\n");
        assertThat(postWith("key-1", parts).statusCode()).isEqualTo(409);
        assertThat(postWith("not a key", parts).statusCode()).isEqualTo(400);
    }

    @Test
    void theManifestOfAFormCanBeShown() {
        HttpResponse<String> shown =
                client.send("GET", "/api/v1/templates/images?quality=70&callbackUrl=https://x.example/");
        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/yaml");
        assertThat(shown.body())
                .contains("quality: 70")
                .contains("compressImages:")
                .contains("https://x.example/");
        HttpResponse<String> posted = client.send(
                "POST",
                "/api/v1/templates/products",
                "table=shop.products&keys=sku,%20lang&mode=upsert",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(posted.body()).contains("- sku", "- lang", "shop.products", "createTable: true");
        for (Map.Entry<String, Integer> refused : Map.of(
                        "images?quality=x", 422, "nothing", 404, "average?files=0", 422)
                .entrySet()) {
            assertThat(client.send("GET", "/api/v1/templates/" + refused.getKey())
                            .statusCode())
                    .isEqualTo(refused.getValue());
        }
    }

    @Test
    void aSecondFileIsRefusedAndAMalformedFormIsNotAccepted() {
        long before = files();
        assertThat(post(field("template", "songs"), file("a.csv", PLAYS), file("b.csv", PLAYS))
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.send("POST", "/api/v1/jobs", "x", "Content-Type", "multipart/form-data")
                        .statusCode())
                .isEqualTo(400);
        assertThat(files()).isEqualTo(before);
    }

    private long files() {
        return json(client.send("GET", "/api/v1/files")).path("items").size();
    }

    private HttpResponse<String> post(String... parts) {
        return client.send("POST", "/api/v1/jobs", body(parts), "Content-Type", type());
    }

    private HttpResponse<String> postWith(String key, String... parts) {
        return client.send("POST", "/api/v1/jobs", body(parts), "Content-Type", type(), "Idempotency-Key", key);
    }

    private static String type() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    private static String body(String... parts) {
        return Stream.of(parts).reduce("", String::concat) + "--" + BOUNDARY + "--\r\n";
    }

    private static String field(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n";
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body()).orElseThrow(() -> new AssertionError(response.body()));
    }
}
