package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import io.filejob.security.Sha256;
import io.filejob.service.BucketService;
import io.filejob.service.ServiceClient;
import io.filejob.testing.s3.S3Server;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Files that a browser sends in parts to a real S3 server at another origin. */
@QuarkusTest
@QuarkusTestResource(value = BucketService.class, restrictToAnnotatedClass = true)
class DirectUploadPageTest {
    private static final int PART = 16 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> stored = new CopyOnWriteArrayList<>();

    private Page open(Visit visit) {
        Page page = visit.page();
        page.onRequest(request -> record(request, sent));
        page.onResponse(this::record);
        visit.open("/new/songs");
        return page;
    }

    private void record(Response response) {
        if (response.ok()) {
            record(response.request(), stored);
        }
    }

    /** Notes parts by their numbers, and requests that write through the service. */
    private void record(Request request, List<String> notes) {
        if (request.method().equals("PUT") && request.url().startsWith(BucketService.publicEndpoint() + "/")) {
            notes.add(request.url().replaceAll(".*[?&]partNumber=([0-9]+).*", "$1"));
        } else if (request.method().equals("PATCH")) {
            notes.add("through the service");
        }
    }

    private static Predicate<String> part(int number) {
        return Pattern.compile("[?&]partNumber=" + number + "(&|$)").asPredicate();
    }

    /** Writes a CSV file of {@code size} bytes. */
    private Path csv(int size) throws IOException {
        byte[] content = new byte[size];
        byte[] row = "song,1\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < size; at += row.length) {
            System.arraycopy(row, 0, content, at, Math.min(row.length, size - at));
        }
        Arrays.fill(content, Math.max(0, size - 1), size, (byte) '\n');
        return Files.write(folder.resolve("plays.csv"), content);
    }

    private void assertUploaded(Page page, Path file) throws IOException {
        assertThat(page.locator("#upload-state")).containsText("Uploaded");
        String uri = page.locator("#file").inputValue();
        String prefix = "s3://" + BucketService.BUCKET + "/" + BucketService.PREFIX;
        assertThat(uri).startsWith(prefix).endsWith("/data.csv");
        String id = uri.substring(prefix.length(), uri.lastIndexOf('/'));
        JsonNode uploaded = Json.parse(
                        new ServiceClient(service).get("/api/v1/files/" + id).body())
                .orElseThrow();
        assertThat(uploaded.path("digest").asText()).isEqualTo(Sha256.of(Files.readAllBytes(file)));
        assertThat(uploaded.path("name").asText()).isEqualTo("plays.csv");
    }

    private static List<String> unfinished(S3Client storage) {
        return storage.listMultipartUploads(request -> request.bucket(BucketService.BUCKET)).uploads().stream()
                .map(upload -> upload.key())
                .toList();
    }

    @Test
    void aBrowserSendsPartsToTheStorage() throws IOException {
        Path file = csv(2 * PART + 100);
        try (Visit visit = Visit.signedIn(service)) {
            Page page = open(visit);
            page.setInputFiles("#upload-file", file);
            assertUploaded(page, file);
            assertThat(stored).containsExactlyInAnyOrder("1", "2", "3");
            assertThat(visit.violations()).isEmpty();
        }
    }

    @Test
    void pagesOtherThanFormsConnectToTheServiceOnly() {
        ServiceClient client = new ServiceClient(service);
        String header = "Content-Security-Policy";
        assertThat(client.get("/new/songs").headers().firstValue(header).orElseThrow())
                .contains("default-src 'self'")
                .endsWith("; connect-src 'self' " + BucketService.publicEndpoint());
        assertThat(client.get("/jobs").headers().firstValue(header).orElseThrow())
                .doesNotContain(BucketService.publicEndpoint());
    }

    @Test
    void aPartThatIsLostOnItsWayIsSentAgain() throws IOException {
        Path file = csv(PART + 100);
        try (Visit visit = Visit.signedIn(service)) {
            Page page = open(visit);
            AtomicBoolean isLost = new AtomicBoolean();
            page.route(part(1), route -> {
                if (isLost.compareAndSet(false, true)) {
                    route.abort("connectionreset");
                } else {
                    route.resume();
                }
            });
            page.setInputFiles("#upload-file", file);
            assertUploaded(page, file);
            assertThat(sent).containsExactlyInAnyOrder("1", "1", "2");
            assertThat(visit.takeConsole()).singleElement().asString().contains("ERR_CONNECTION_RESET");
        }
    }

    @Test
    void aBrowserThatDoesNotReachTheStorageSendsTheFileThroughTheService() throws IOException {
        Path file = csv(100);
        try (S3Client storage = S3Server.client(BucketService.endpoint());
                Visit visit = Visit.signedIn(service)) {
            Page page = open(visit);
            page.route(BucketService.publicEndpoint() + "/**", route -> route.abort("connectionrefused"));
            page.setInputFiles("#upload-file", file);
            assertUploaded(page, file);
            assertThat(sent).contains("1", "through the service");
            assertThat(stored).containsExactly("through the service");
            // The page aborts its upload in parts.
            await().atMost(LIMIT).until(() -> unfinished(storage).isEmpty());
            assertThat(visit.takeConsole()).allMatch(message -> message.contains("ERR_CONNECTION_REFUSED"));
        }
    }

    @Test
    void anUploadContinuesAfterThePageIsLoadedAgain() throws IOException {
        Path file = csv(PART + 100);
        try (Visit visit = Visit.signedIn(service)) {
            Page page = open(visit);
            Predicate<String> second = part(2);
            // This part stays on its way.
            page.route(second, _ -> {});
            page.setInputFiles("#upload-file", file);
            page.waitForCondition(() -> stored.contains("1") && sent.contains("2"));
            page.reload();
            // Without a route, the browser would send requests that wait.
            page.unroute(second);
            sent.clear();
            page.setInputFiles("#upload-file", file);
            assertUploaded(page, file);
            assertThat(sent).containsExactly("2");
            visit.takeConsole();
        }
    }
}
