package io.filejob.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class AccessiblePagesTest {
    @TestHTTPResource("/")
    URI service;

    private String job = "";

    @BeforeEach
    void runAJob() {
        job = PageJobs.complete(service, "accessible");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 380", "DARK, 2560"})
    void pagesHaveNoViolationsAndFitTheWindow(ColorScheme scheme, int width) {
        try (Visit visit = Visit.signedIn(service, scheme, width)) {
            SoftAssertions all = new SoftAssertions();
            for (String path : List.of(
                    "/jobs",
                    "/jobs?text=no-such-job",
                    job,
                    "/tables",
                    "/images",
                    "/new/average",
                    "/new/products",
                    "/new/songs",
                    "/new/images",
                    "/new/yaml")) {
                visit.open(path);
                visit.screenshot(path.replace(job, "job").replaceAll("[^a-z]+", "-"));
                all.assertThat(visit.violations()).as(path).isEmpty();
                all.assertThat(visit.overflow()).as("overflow of " + path).isLessThanOrEqualTo(0);
            }
            all.assertAll();
        }
    }

    @Test
    void theFirstTabLeadsToTheContent() {
        try (Visit visit = Visit.signedIn(service)) {
            visit.page().keyboard().press("Tab");
            visit.page().keyboard().press("Enter");
            assertThat(visit.page().evaluate("() => document.activeElement.id")).isEqualTo("main");
        }
    }

    @Test
    void theDialogOfADeletionIsAccessibleAndReturnsTheFocus() {
        try (Visit visit = Visit.signedIn(service)) {
            visit.open(job);
            visit.page().click("button[data-opens=delete-dialog]");
            assertThat(visit.page().isVisible("#delete-dialog")).isTrue();
            assertThat(visit.violations()).isEmpty();
            visit.page().keyboard().press("Escape");
            assertThat(visit.page().isVisible("#delete-dialog")).isFalse();
            assertThat(visit.page().evaluate("() => document.activeElement.dataset.opens"))
                    .isEqualTo("delete-dialog");
        }
    }
}
