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
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class JobsPageTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void aRowShowsPhaseProgressRowsAndResult() {
        String path = PageJobs.complete(service, "listed");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            var row = page.locator("#job-local-" + path.substring(path.lastIndexOf('/') + 1));
            assertThat(row.locator(".badge")).hasText("Complete");
            assertThat(row.locator(".meter-text")).hasText("100%");
            assertThat(row.locator("[data-label=Rows]")).hasText("100,000");
            assertThat(row.locator("[data-label=Result]")).hasText(PageJobs.average(service, path));
            row.locator("a").click();
            assertThat(page).hasURL(service.resolve(path).toString());
        }
    }

    @Test
    void newJobsAppearAndFocusAndRowsStay() {
        String first = PageJobs.complete(service, "kept");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            page.focus("a[href='" + first + "']");
            page.evaluate("() => document.activeElement.closest('tr').dataset.kept = ''");
            String second = PageJobs.complete(service, "added");
            assertThat(page.locator("a[href='" + second + "']")).isVisible();
            assertThat(page.evaluate("() => document.activeElement.getAttribute('href')"))
                    .isEqualTo(first);
            assertThat(page.evaluate("() => 'kept' in document.activeElement.closest('tr').dataset"))
                    .isEqualTo(true);
        }
    }

    @Test
    void aHiddenPageAsksForNothing() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            page.evaluate("""
                    () => {
                      window.asked = 0;
                      document.addEventListener('htmx:beforeRequest', () => window.asked++);
                      Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
                      window.turns = 0;
                      setInterval(() => window.turns++, 2000);
                    }
                    """);
            page.waitForFunction("() => window.turns >= 2");
            assertThat(page.evaluate("() => window.asked")).isEqualTo(0);
            page.evaluate("() => { delete document.visibilityState; }");
            page.waitForFunction("() => window.asked > 0");
        }
    }

    @Test
    void filtersAreInTheUrlAndHoldAfterAReload() {
        PageJobs.complete(service, "sought");
        PageJobs.complete(service, "other");
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            page.fill("#text", "sought");
            page.waitForURL("**/jobs?*text=sought*");
            assertThat(page.locator("tbody tr")).hasCount(count(page, "sought"));
            page.reload();
            assertThat(page.locator("#text")).hasValue("sought");
            assertThat(page.locator("tbody tr").first()).containsText("sought");
            page.selectOption("[name=phase]", "Failed");
            assertThat(page.locator("#list")).containsText("No jobs match");
        }
    }

    private static int count(Page page, String text) {
        page.waitForFunction(
                "text => [...document.querySelectorAll('tbody tr')].every(row => row.id.includes(text))", text);
        return page.locator("tbody tr").count();
    }

    @Test
    void aFilterThatDoesNotExistIsRefusedInWords() {
        try (Visit visit = Visit.signedIn(service)) {
            visit.open("/jobs?phase=%3Cscript%3Ealert(1)%3C/script%3E");
            assertThat(visit.page().locator("main")).containsText("there is no such phase (<script>alert(1)</script>)");
            assertThat(visit.takeConsole()).hasSize(1).allMatch(message -> message.contains("400"));
        }
    }

    @Test
    void programsGetProblemsAsJson() {
        var response = new ServiceClient(service).send("GET", "/jobs/local/none");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void pagesAreNotStoredByBrowsersAndPoliciesForbidInlineScripts() {
        var response = new ServiceClient(service).send("GET", "/jobs");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(response.body()).doesNotContainPattern("<script(?![^>]*src=)|<style|style=|on(click|load)=");
    }
}
