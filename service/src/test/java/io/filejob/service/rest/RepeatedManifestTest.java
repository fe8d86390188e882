package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class RepeatedManifestTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void aManifestThatIsSentAgainWithItsKeyCreatesOneJob() {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = create(key, 10);
        HttpResponse<String> again = create(key, 10);
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(json(again).at("/metadata/uid")).isEqualTo(json(first).at("/metadata/uid"));

        HttpResponse<String> other = create(key, 11);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(other).path("detail").asText())
                .contains(json(first).at("/metadata/name").asText(), "new key");
        assertThat(json(create(UUID.randomUUID().toString(), 10)).at("/metadata/uid"))
                .isNotEqualTo(json(first).at("/metadata/uid"));
    }

    private HttpResponse<String> create(String key, int entries) {
        return new ServiceClient(service)
                .send(
                        "POST",
                        "/api/v1/jobs",
                        String.format(Locale.ROOT, """
                {"apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "again"},
                 "spec": {"suspend": true, "input": {"generate": {"files": 2, "entriesPerFile": %d}},
                          "operation": {"average": {}}}}
                """, entries),
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        key);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body()).orElseThrow();
    }
}
