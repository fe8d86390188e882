package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.filejob.cluster.ClusterNames;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class JobDetailPageTest {
    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    @Test
    void aRunningJobShowsItsRateAndCanBeScaledCancelledAndDeleted() {
        String path = PageJobs.running(service, "long");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open(path);
            assertThat(page.locator("#live .badge")).hasText("Running");
            assertThat(page.locator("#chart canvas")).isVisible();
            assertThat(page.locator(".strip path").first()).isAttached();
            visit.screenshot("running");
            assertThat(visit.violations()).isEmpty();
            page.fill("#workers", "3");
            page.click("button:has-text('Set')");
            assertThat(page.locator("#workers")).hasValue("3");
            page.click("button[data-opens=cancel-dialog]");
            page.click("#cancel");
            assertThat(page.locator("#live .badge")).hasText("Failed");
            page.click("button[data-opens=delete-dialog]");
            page.click("#delete");
            page.waitForURL("**/jobs");
            assertThat(page.locator("a[href='" + path + "']")).hasCount(0);
        }
    }

    @Test
    void aSuspendedJobContinues() {
        String path = PageJobs.running(service, "paused");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open(path);
            page.click("button:has-text('Suspend')");
            assertThat(page.locator("#live .badge")).hasText("Suspended");
            page.click("button:has-text('Resume')");
            assertThat(page.locator("#live .badge")).hasText("Running");
            page.click("button[data-opens=delete-dialog]");
            page.click("#delete");
            page.waitForURL("**/jobs");
        }
    }

    @Test
    void theScriptOfAPageIsLedToTheListWhenItsJobIsDeletedElsewhere() {
        String path = PageJobs.running(service, "elsewhere");
        ServiceClient client = new ServiceClient(service);
        try (Visit visit = Visit.signedIn(service)) {
            visit.open(path);
            Page page = visit.page();
            assertThat(page.locator("#live .badge")).hasText("Running");
            // The page's own stream of events would end first.
            page.evaluate(
                    "() => { Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
                            + " document.dispatchEvent(new Event('visibilitychange')); }");
            assertThat(client.send("DELETE", path.replace("/jobs/local/", "/api/v1/jobs/"), "")
                            .statusCode())
                    .isEqualTo(204);
            page.evaluate("() => htmx.trigger(document.getElementById('live'), 'refresh')");
            page.waitForURL("**/jobs");
        }
    }

    @Test
    void badRecordsAreTextWithTheirLines() throws IOException {
        Path input = Files.writeString(folder.resolve("plays.csv"), "Plays\n1\n<img src=x onerror=alert(1)>\n=1+1\n");
        String path = PageJobs.ended(service, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: bad}
                spec:
                  onBadRecord: skip
                  rejects: {uri: rejects.csv}
                  input: {files: ["%s"]}
                  operation: {average: {column: Plays}}
                """.formatted(input), "Complete");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open(path);
            var rows = page.locator(".samples tbody tr");
            assertThat(rows).hasCount(2);
            assertThat(rows.nth(0).locator("[data-label=Line]")).hasText("3");
            assertThat(rows.nth(0).locator("[data-label=Text]")).hasText("<img src=x onerror=alert(1)>");
            assertThat(rows.nth(1).locator("[data-label=Text]")).hasText("=1+1");
            visit.screenshot("bad-records");
            assertThat(visit.violations()).isEmpty();
            assertThat(page.waitForDownload(() -> page.click("text=Download all"))
                            .suggestedFilename())
                    .isEqualTo("rejects.csv");
        }
    }

    @Test
    void theFilesOfAResultAreDownloadedOneByOneOrTogether() throws IOException {
        Path input = Files.writeString(folder.resolve("plays.csv"), "Song,Plays\na,1\nb,2\nc,3\nd,4\n\"e\n\",5\n");
        String job = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: parts}
                spec:
                  input: {files: ["%s"]}
                  operation:
                    aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays, as: "Plays\\nof all"}]}
                  output: {uri: totals.csv, parts: PARTS}
                """.formatted(input);
        ServiceClient client = new ServiceClient(service);
        String whole = client.send(
                        "GET", api(PageJobs.ended(service, job.replace("PARTS", "1"), "Complete")) + "/result")
                .body();
        String path = PageJobs.ended(service, job.replace("PARTS", "3"), "Complete");
        HttpResponse<String> joined = client.send("GET", api(path) + "/result");
        assertThat(joined.body()).isEqualTo(whole).contains("\"Plays\nof all\"\n", "\"e\n\",5");
        for (int from = 0; from < whole.length(); from++) {
            int to = Math.min(whole.length() - 1, from + 20);
            assertThat(client.get(api(path) + "/result", "Range", "bytes=" + from + "-" + to)
                            .body())
                    .isEqualTo(whole.substring(from, to + 1));
        }
        String second = client.send("GET", api(path) + "/parts/2").body();
        assertThat(second).startsWith("Song,\"Plays\nof all\"\n");
        assertThat(Json.parse(client.send("GET", api(path) + "/parts").body())
                        .orElseThrow()
                        .at("/items/1"))
                .hasToString("{\"number\":2,\"name\":\"totals-2.csv\",\"bytes\":" + second.length() + "}");
        assertThat(client.get(api(path) + "/parts/2", "Range", "bytes=0-3").body())
                .isEqualTo("Song");
        assertThat(client.send("GET", api(path) + "/parts/4").statusCode()).isEqualTo(404);
        assertThat(client.send("GET", api(path) + "/parts/0").statusCode()).isEqualTo(400);
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open(path);
            assertThat(page.locator("#preview tbody tr")).hasCount(5);
            assertThat(page.locator(".stage").nth(0)).containsText("1 of 1 slice");
            assertThat(page.locator(".stage").nth(1)).containsText("not needed");
            page.click("summary:has-text('3 files')");
            var files = page.locator(".files tbody tr");
            assertThat(files).hasCount(3);
            assertThat(files.nth(1)).containsText("totals-2.csv");
            visit.screenshot("parts");
            assertThat(visit.violations()).isEmpty();
            assertThat(page.waitForDownload(() -> files.nth(2).locator("a").click())
                            .suggestedFilename())
                    .isEqualTo("totals-3.csv");
        }
    }

    private static String api(String path) {
        return path.replace("/jobs/local/", "/api/v1/jobs/");
    }

    @Test
    void aFailedJobShowsItsSlicesInsteadOfAPercentage() throws IOException {
        Path input = Files.writeString(folder.resolve("plays.csv"), "Plays\n1\nx\n");
        String path = PageJobs.ended(service, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: one}
                spec:
                  input: {files: ["%s"]}
                  operation: {average: {column: Plays}}
                """.formatted(input), "Failed");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open(path);
            assertThat(page.locator(".overall .meter-text")).hasText("1 of 1");
            visit.open("/jobs?text=" + path.substring(path.lastIndexOf('/') + 1));
            assertThat(page.locator("tbody .meter-text")).hasText("1 of 1");
            visit.screenshot("failed");
        }
    }

    @Test
    void aFailedJobSaysWhyAndOffersARedrive() {
        String path = PageJobs.ended(service, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: missing}
                spec:
                  input: {files: ["%s"]}
                  operation: {average: {column: Plays}}
                """.formatted(folder.resolve("none.csv")), "Failed");
        try (Visit visit = Visit.signedIn(service)) {
            visit.open(path);
            assertThat(visit.page().locator(".message")).containsText("none.csv");
            assertThat(visit.page().locator("button:has-text('Redrive')")).isVisible();
            assertThat(visit.violations()).isEmpty();
        }
    }

    @Test
    void aProfiledJobOffersItsFlameGraph() throws IOException {
        String annotation = "metadata: {annotations: {" + ClusterNames.PROFILE + ": \"" + ClusterNames.ON + "\"}, ";
        String path = PageJobs.ended(
                service, PageJobs.average("profiled", 10).replace("metadata: {", annotation), "Complete");
        String name = path.substring(path.lastIndexOf('/') + 1);
        // The process writes the profile after the status.
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        new ServiceClient(service).get(api(path) + "/profile").statusCode() == 200);
        try (Visit visit = Visit.signedIn(service)) {
            visit.open(path);
            Page page = visit.page();
            Download profile = page.waitForDownload(() -> page.click("a:has-text('Profile')"));
            assertThat(profile.suggestedFilename()).isEqualTo(name + "-profile.html");
            assertThat(Files.readString(profile.path())).contains("FileJob " + name + ": ");
            visit.open(PageJobs.complete(service, "plain"));
            assertThat(page.locator("#live .badge")).hasText("Complete");
            assertThat(page.locator("a:has-text('Profile')")).hasCount(0);
        }
    }

    @Test
    void commandsManifestAndLogAreShown() {
        String path = PageJobs.complete(service, "shown");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            page.context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
            visit.open(path);
            assertThat(page.locator("#curl-status")).containsText("/api/v1/namespaces/local/jobs/shown-");
            page.click("[data-copy=curl-status]");
            assertThat(page.locator("#announcement")).hasText("Copied");
            assertThat(page.evaluate("() => navigator.clipboard.readText()"))
                    .isEqualTo(page.locator("#curl-status").textContent());
            page.click("summary:has-text('Manifest')");
            assertThat(page.locator("#manifest")).containsText("entriesPerFile: 10000");
            page.click("summary:has-text('Log')");
            assertThat(page.locator(".log pre, .log p")).not().hasText("Loading");
            assertThat(visit.violations()).isEmpty();
        }
    }
}
