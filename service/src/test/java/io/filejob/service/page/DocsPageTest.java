package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The page that shows the API, and tries it, under its content security policy. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class DocsPageTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void thePageShowsTheOperationsAndTriesOne() {
        try (Visit visit = Visit.signedIn(service)) {
            visit.open("/api/docs");
            Locator list = visit.page().locator("#operations-Jobs-listJobs");
            assertThat(list).isVisible();
            assertThat(visit.page().locator("#operations-Tables-listTableRows")).isVisible();
            assertThat(visit.page().locator(".opblock").count()).isGreaterThan(40);
            visit.screenshot("docs");
            list.locator(".opblock-summary-control").click();
            list.locator(".try-out__btn").click();
            list.locator(".execute").click();
            assertThat(list.locator(".live-responses-table td.response-col_status:not(.col_header)"))
                    .containsText("200");
            assertThat(list.locator(".live-responses-table td.response-col_description:not(.col_header)"))
                    .containsText("items");
        }
    }

    @Test
    void thePageIsAccessible() {
        try (Visit visit = Visit.signedIn(service)) {
            visit.open("/api/docs/");
            visit.page().setDefaultTimeout(20_000);
            assertThat(visit.page().locator("#operations-Jobs-listJobs")).isVisible();
            assertThat(visit.violations()).isEmpty();
        }
    }
}
