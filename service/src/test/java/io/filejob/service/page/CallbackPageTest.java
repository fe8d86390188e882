package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class CallbackPageTest {
    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "filejob.service.local.data")
    Path data;

    @Test
    void theCallsOfAReceiverAreShownWhileTheyAreMade() throws Exception {
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/hook"), "secret=whsec_" + "Y".repeat(44) + "\n");
        try (WebhookReceiver receiver = new WebhookReceiver();
                Visit visit = Visit.signedIn(service)) {
            for (int i = 0; i < 10; i++) {
                receiver.answer(503, Map.of());
            }
            String path =
                    PageJobs.ended(service, PageJobs.average("called", 10) + """
                              callback: {url: "%s", secret: {name: hook}}
                              network: {allowPrivate: [127.0.0.1]}
                            """.formatted(receiver.url()), "Complete");
            visit.open(path);
            Page page = visit.page();
            assertThat(page.locator("#callback .figures")).containsText("503");
            assertThat(page.locator("#callback")).containsText("next attempt at");
            assertThat(page.locator("#callback")).not().containsText("shop=1");
            visit.screenshot("callback");
            assertThat(visit.violations()).isEmpty();
            receiver.acceptAll();
            assertThat(page.locator("#callback .figures dd").nth(1))
                    .hasText("204", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
            assertThat(page.locator("#live[data-live]")).hasCount(0);
            String attempts = Integer.toString(receiver.webhooks().size());
            assertThat(page.locator("#callback .figures dd").nth(0)).hasText(attempts);

            JsonNode calls = Json.parse(new ServiceClient(service)
                            .send("GET", path.replace("/jobs/local/", "/api/v1/jobs/") + "/callbacks")
                            .body())
                    .orElseThrow();
            assertThat(calls.path("attempts").asInt())
                    .isEqualTo(receiver.webhooks().size());
            assertThat(calls.path("code").asInt()).isEqualTo(204);
            assertThat(calls.has("nextAttemptTime")).isFalse();
        }
    }
}
