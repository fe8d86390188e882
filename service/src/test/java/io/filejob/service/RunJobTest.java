package io.filejob.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class RunJobTest {
    private static final String AVERAGE = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata:
              name: small
            spec:
              workers: 2
              input:
                generate: {files: 10, entriesPerFile: 100}
              operation:
                average: {}
            """;

    @TestHTTPResource("/")
    URI service;

    @Test
    void aManifestBecomesAJobWithAResult() {
        ServiceClient client = new ServiceClient(service);
        HttpResponse<String> created = client.send("POST", "/api/v1/jobs", AVERAGE, "Content-Type", "application/yaml");
        assertThat(created.statusCode()).isEqualTo(202);
        String location = created.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofMinutes(2)).until(() -> json(client.send("GET", location))
                .at("/status/phase")
                .asText()
                .equals("Complete"));
        JsonNode job = json(client.send("GET", location));
        assertThat(job.at("/status/rows/in").asLong()).isEqualTo(1000);
        assertThat(job.at("/status/result/average").asText()).isNotEmpty();
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.parse(response.body()).orElseThrow();
    }
}
