package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
