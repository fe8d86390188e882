package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class ProblemPageTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void aVisitorWithoutATokenLearnsHowToGetOne() {
        try (Visit visit = Visit.stranger(service)) {
            visit.open("/jobs");
            assertThat(visit.page().locator("main")).containsText("Open that URL in this browser once");
            assertThat(visit.page().evaluate("() => getComputedStyle(document.body).margin"))
                    .as("the style sheet is applied")
                    .isEqualTo("0px");
            assertThat(visit.violations()).isEmpty();
            assertThat(visit.takeConsole()).hasSize(1).allMatch(message -> message.contains("401"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/jobs/local/no-such-job", "/new/nothing", "/api/v1/jobs/no-such-job"})
    void anUnknownPathLeadsBackToTheJobs(String path) {
        try (Visit visit = Visit.signedIn(service)) {
            visit.open(path);
            assertThat(visit.page().locator(".status-code")).hasText("404");
            assertThat(visit.violations()).isEmpty();
            assertThat(visit.takeConsole()).hasSize(1).allMatch(message -> message.contains("404"));
            visit.page().click("main a[href='/jobs']");
            assertThat(visit.page().locator("h1")).hasText("Jobs");
        }
    }
}
