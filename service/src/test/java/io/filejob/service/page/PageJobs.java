package io.filejob.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Creates jobs for tests of pages. */
final class PageJobs {
    private PageJobs() {}

    /** Runs a small average, and returns the path of its page. */
    static String complete(URI service, String name) {
        return ended(service, average(name, 10), "Complete");
    }

    /** Creates a job that does not end within a test, and returns the path of its page. */
    static String running(URI service, String name) {
        return create(new ServiceClient(service), average(name, 400_000)).replace("/api/v1/jobs/", "/jobs/local/");
    }

    /** Returns a manifest that averages {@code files} files of 10,000 numbers. */
    static String average(String name, int files) {
        return String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: %s}
                spec:
                  workers: 2
                  input:
                    generate: {files: %d, entriesPerFile: 10000}
                  operation:
                    average: {}
                """, name, files);
    }

    /** Runs a job to its end, and returns the path of its page. */
    static String ended(URI service, String manifest, String phase) {
        ServiceClient client = new ServiceClient(service);
        String location = create(client, manifest);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Set.of("Complete", "Failed").contains(phase(client, location)));
        assertThat(phase(client, location)).isEqualTo(phase);
        return location.replace("/api/v1/jobs/", "/jobs/local/");
    }

    private static String create(ServiceClient client, String manifest) {
        HttpResponse<String> created =
                client.send("POST", "/api/v1/jobs", manifest, "Content-Type", "application/yaml");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        return URI.create(created.headers().firstValue("Location").orElseThrow())
                .getPath()
                .replace("/namespaces/local", "");
    }

    /** Returns the average in the status of a job with this page. */
    static String average(URI service, String page) {
        ServiceClient client = new ServiceClient(service);
        return Json.parse(client.send("GET", "/api/v1/jobs/" + page.substring(page.lastIndexOf('/') + 1))
                        .body())
                .orElseThrow()
                .at("/status/result/average")
                .asText();
    }

    /** Deletes all jobs of the service. */
    static void deleteAll(URI service) {
        ServiceClient client = new ServiceClient(service);
        JsonNode jobs =
                Json.parse(client.send("GET", "/api/v1/jobs?limit=500").body()).orElseThrow();
        jobs.get("items")
                .forEach(job -> client.send(
                        "DELETE", "/api/v1/jobs/" + job.at("/metadata/name").asText()));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Json.parse(client.send("GET", "/api/v1/jobs").body())
                        .orElseThrow()
                        .get("items")
                        .isEmpty());
    }

    private static String phase(ServiceClient client, String location) {
        JsonNode job = Json.parse(client.send("GET", location).body()).orElseThrow();
        return job.at("/status/phase").asText();
    }
}
