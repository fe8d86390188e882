package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class NewJobPageTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void theManifestFollowsTheFields() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/new/average");
            assertThat(page.locator("#draft-text")).containsText("files: 1000");
            page.fill("[name=files]", "20");
            page.fill("[name=workers]", "3");
            assertThat(page.locator("#draft-text")).containsText("files: 20");
            assertThat(page.locator("#draft-text")).containsText("workers: 3");
            assertThat(page.locator("#draft")).containsText("The manifest is valid");
        }
    }

    @Test
    void allProblemsOfAManifestAreListedAsOneTypes() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/new/yaml");
            assertThat(page.locator("#line-numbers")).containsText("5");
            page.fill("#manifest-text", PageJobs.average("typed", 10).replace("workers: 2", "worker: 0\n  bogus: 1"));
            assertThat(page.locator("#draft .problems li")).hasCount(2);
            assertThat(page.locator("#draft")).containsText("spec.bogus");
            page.fill("#manifest-text", PageJobs.average("typed", 10));
            assertThat(page.locator("#draft")).containsText("The manifest is valid");
        }
    }

    @Test
    void formsMakeManifestsForEachUse() {
        assertThat(draft(
                        "songs",
                        Map.of(
                                "file",
                                "s3://music/plays.csv",
                                "groupBy",
                                "Song",
                                "function",
                                "sum",
                                "column",
                                "Number of Plays")))
                .contains("- s3://music/plays.csv", "- Song", "column: Number of Plays", "The manifest is valid");
        assertThat(draft(
                        "products",
                        Map.of(
                                "file",
                                "s3://shop/products.csv",
                                "keys",
                                "sku",
                                "groupBy",
                                "name",
                                "createTable",
                                "yes")))
                .contains("name: products-db", "table: products_by_name", "The manifest is valid");
        assertThat(draft(
                        "images",
                        Map.of(
                                "file",
                                "s3://shop/products.csv",
                                "quality",
                                "70",
                                "callback",
                                "https://shop.example/done")))
                .contains("quality: 70", "url: https://shop.example/done", "The manifest is valid");
        assertThat(draft("songs", Map.of("workers", "0", "name", "Not A Name")))
                .contains("spec.workers", "metadata.name", "spec.input.files[0]", "spec.operation.aggregate.measures");
    }

    private String draft(String use, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new ServiceClient(service)
                .send("POST", "/new/" + use + "/draft", body, "Content-Type", "application/x-www-form-urlencoded")
                .body();
    }

    @Test
    void valuesOfFieldsNeverBecomeHtml() {
        assertThat(draft("songs", Map.of("file", "<script>alert(1)</script>")))
                .contains("&lt;script&gt;")
                .doesNotContain("<script>");
    }
}
