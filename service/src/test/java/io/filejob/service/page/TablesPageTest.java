package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.filejob.service.LocalService;
import io.filejob.testing.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class TablesPageTest {
    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "filejob.service.local.data")
    Path data;

    @TempDir
    Path folder;

    @Test
    void rowsHaveASearchPagesAndCountsBesideThem() throws IOException {
        load();
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/tables");
            page.click(".tabs a:text-is('catalogue')");
            assertThat(page.locator("aside")).containsText("60 rows");
            assertThat(page.locator("aside")).containsText("catalogue_by_name");
            assertThat(page.locator("#rows tbody tr")).hasCount(25);
            assertThat(page.locator("#rows tbody tr").first()).containsText("<b>chair</b>");
            page.click("text=Next rows");
            assertThat(page.locator("#rows tbody tr").first()).containsText("p-25");
            page.fill("#prefix", "p-59");
            assertThat(page.locator("#rows tbody tr")).hasCount(1);
            page.waitForURL("**prefix=p-59**");
            visit.screenshot("tables");
            assertThat(visit.violations()).isEmpty();
        }
        try (Visit visit = Visit.signedIn(service, ColorScheme.DARK, 380)) {
            visit.open("/tables?table=catalogue");
            assertThat(visit.violations()).isEmpty();
            assertThat(visit.overflow()).isLessThanOrEqualTo(0);
        }
    }

    private void load() throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        Path secret = PostgresServer.shared()
                .database()
                .secret(data.resolve("secrets").resolve("catalogue-db"));
        Path csv = Files.writeString(
                folder.resolve("catalogue.csv"),
                IntStream.range(0, 60)
                        .mapToObj(i -> String.format(Locale.ROOT, "p-%02d,<b>%s</b>", i, i % 3 == 0 ? "chair" : "lamp"))
                        .collect(Collectors.joining("\n", "sku,name\n", "\n")));
        PageJobs.ended(service, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: catalogue}
                spec:
                  input: {files: ["%s"]}
                  operation:
                    ingest:
                      database: {secret: {name: "%s"}}
                      table: catalogue
                      keys: [sku]
                      createTable: true
                      aggregates:
                      - {table: catalogue_by_name, groupBy: [name], measures: [{function: count, as: products}]}
                """.formatted(csv, secret.getFileName()), "Complete");
    }
}
