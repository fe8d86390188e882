package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
            var problem =
                    page.locator("#draft .problems li").filter(new Locator.FilterOptions().setHasText("spec.bogus"));
            assertThat(problem.locator("[data-line]")).hasText("Line 6");
            assertThat(problem.locator(".problem-text")).hasText("bogus: 1");
            assertThat(page.locator("#line-numbers .bad")).hasCount(2);
            visit.screenshot("problems");
            problem.locator("[data-line]").click();
            assertThat(
                            page.evaluate(
                                    "() => { const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd); }"))
                    .isEqualTo("  bogus: 1");
            page.fill("#manifest-text", "apiVersion: filejob.io/v1alpha1\nspec: {a: [}\n");
            assertThat(page.locator("#draft [data-line]")).hasText(new String[] {"Line 2"});
            page.fill("#manifest-text", PageJobs.average("typed", 10));
            assertThat(page.locator("#draft")).containsText("The manifest is valid");
        }
    }

    @Test
    void browsersAndEditorsInThemUnderstandThePatternsOfTheSchema() {
        try (Visit visit = Visit.signedIn(service)) {
            visit.open("/new/yaml");
            Object patterns = visit.page().evaluate("""
                    async () => {
                      const response = await fetch('/assets/filejob.schema.json');
                      const patterns = [];
                      const compile = node => {
                        if (node && typeof node === 'object') {
                          if (typeof node.pattern === 'string') {
                            patterns.push(new RegExp(node.pattern, 'u'));
                          }
                          Object.values(node).forEach(compile);
                        }
                      };
                      compile(await response.json());
                      return patterns.length;
                    }""");
            assertThat((Integer) patterns).isGreaterThan(20);
        }
    }

    @Test
    void fieldsAndValuesAreSuggestedFromTheSchemaByKeyboard() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            page.waitForResponse("**/filejob.schema.json*", () -> visit.open("/new/yaml"));
            Locator options = page.locator("#suggestions [role=option]");
            page.fill("#manifest-text", "");
            page.focus("#manifest-text");
            page.keyboard().type("sp");
            assertThat(options).hasCount(1);
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            assertThat(page.locator("#manifest-text")).hasValue("spec:\n  ");
            page.keyboard().press("Control+Space");
            assertThat(options.first()).hasAttribute("aria-selected", "true");
            assertThat(page.locator("#manifest-text")).hasAttribute("aria-activedescendant", "suggestion-0");
            assertThat(page.locator("#announcement")).containsText("suggestions");
            assertThat(visit.violations()).isEmpty();
            page.keyboard().press("Escape");
            assertThat(page.locator("#suggestions")).isHidden();
            page.keyboard().type("onBadRecord: s");
            assertThat(options).hasText(new String[] {"skip"});
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Tab");
            page.keyboard().type("\n  operation:\n    aggregate:\n      measures:\n      - fun");
            assertThat(options.first()).containsText("function");
            page.keyboard().press("ArrowDown");
            visit.screenshot("suggestions");
            page.keyboard().press("Enter");
            page.keyboard().press("Control+Space");
            assertThat(options.filter(new Locator.FilterOptions().setHasText("countDistinct")))
                    .hasCount(1);
            page.keyboard().type("sum\n  input: {generate: {see");
            assertThat(options).hasCount(1);
            options.first().click();
            assertThat(page.locator("#manifest-text")).hasValue("""
                    spec:
                      onBadRecord: skip
                      operation:
                        aggregate:
                          measures:
                          - function: sum
                      input: {generate: {seed:\s""");
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
                                "aggregateBy",
                                "name, local",
                                "aggregateTable",
                                "products_by_name",
                                "onBadRecord",
                                "skip")))
                .contains(
                        "name: products-db",
                        "table: products_by_name",
                        "- &quot;name, local&quot;",
                        "createTable: true",
                        "uri: rejects.csv",
                        "The manifest is valid");
        assertThat(draft(
                        "images",
                        Map.of(
                                "file",
                                "s3://shop/products.csv",
                                "quality",
                                "70",
                                "callbackUrl",
                                "https://shop.example/done")))
                .contains("quality: 70", "url: https://shop.example/done", "The manifest is valid");
        assertThat(draft("songs", Map.of("workers", "0", "name", "Not A Name")))
                .contains("spec.workers", "metadata.name", "spec.input.files[0]", "spec.operation.aggregate.measures");
        assertThat(draft("average", Map.of("files", "many"))).contains("not a whole number (many)");
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

    @Test
    void aFormThatIsSentTwiceCreatesOneJob() {
        ServiceClient client = new ServiceClient(service);
        String form = "name=twice&files=10&entriesPerFile=100&key=the-key-of-a-form";
        String type = "application/x-www-form-urlencoded";
        String first = client.send("POST", "/new/average", form, "Content-Type", type)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String second = client.send("POST", "/new/average", form, "Content-Type", type)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void theHeaderOfADroppedFileOffersItsColumnsAndTheUploadedFileIsRead() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/new/songs");
            page.setInputFiles("#upload-file", PageFiles.csv("plays.csv", """
                    Song,"Date, local",<b>Plays</b>
                    =cmd|' /C calc'!A0,2020-01-01,5
                    <script>alert(1)</script>,2020-01-01,7
                    <script>alert(1)</script>,2020-01-02,8
                    """));
            page.check("#job-form .choice:has-text('Song') input");
            assertThat(page.locator("#job-form .choice:has-text('Date, local')"))
                    .isVisible();
            page.fill("[name=column]", "<b>Plays</b>");
            assertThat(page.locator("#upload-state")).containsText("Uploaded");
            assertThat(page.locator("#draft")).containsText("The manifest is valid");
            page.click("#run");
            assertThat(page.locator("#live .badge")).hasText("Complete");
            var rows = page.locator("#preview tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(rows.nth(0)).containsText("<script>alert(1)</script>");
            assertThat(rows.nth(0)).containsText("15");
            assertThat(rows.nth(1)).containsText("=cmd|' /C calc'!A0");
            var download = page.waitForDownload(() -> page.click("text=Download"));
            assertThat(download.suggestedFilename()).isEqualTo("totals.csv");
        }
    }

    @Test
    void anUploadContinuesAfterALostConnection() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/new/songs");
            // The first part is lost on its way. The end of the route would let the browser send it.
            AtomicBoolean isLost = new AtomicBoolean();
            page.route("**/api/v1/uploads/*", route -> {
                if (route.request().method().equals("PATCH") && isLost.compareAndSet(false, true)) {
                    route.abort("connectionreset");
                } else {
                    route.resume();
                }
            });
            page.setInputFiles("#upload-file", PageFiles.csv("lost.csv", "Song,Plays\na,1\n"));
            assertThat(page.locator("#upload-state")).containsText("Uploaded");
            assertThat(page.locator("#file")).not().hasValue("");
            assertThat(visit.takeConsole()).singleElement().asString().contains("ERR_CONNECTION_RESET");
        }
    }

    @Test
    void theAverageExampleNeedsOneClick() {
        PageJobs.deleteAll(service);
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            assertThat(page.locator("h2")).hasText("No jobs yet");
            assertThat(visit.violations()).isEmpty();
            page.click("#first");
            assertThat(page.locator("#live .badge")).hasText("Complete");
            assertThat(page.locator(".answer")).containsText("499.98");
            String path = URI.create(page.url()).getPath();
            var job = Json.parse(new ServiceClient(service)
                            .send("GET", "/api/v1/jobs/" + path.substring(path.lastIndexOf('/') + 1))
                            .body())
                    .orElseThrow();
            assertThat(job.at("/status/rows/in").asLong()).isEqualTo(10_000_000);
        }
    }
}
