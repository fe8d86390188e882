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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class ProblemsTest {
    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET     | /api/v1/nothing                   |                          |          | 404",
                "GET     | /api/v1/jobs/nothing              |                          |          | 404",
                "GET     | /api/v1/jobs/nothing/plan         |                          |          | 404",
                "GET     | /api/v1/jobs/nothing/events       |                          |          | 404",
                "GET     | /api/v1/jobs/nothing/unknown      |                          |          | 404",
                "GET     | /api/v1/jobs/Upper                |                          |          | 404",
                "GET     | /api/v1/jobs/%2e%2e               |                          |          | 404",
                "GET     | /api/v1/jobs/..%2fjobs            |                          |          | 404",
                "GET     | /api/v1/jobs/a%00b                |                          |          | 404",
                "GET     | /api/v1/jobs/a..b                 |                          |          | 404",
                "GET     | /api/v1/namespaces/..%2f/jobs     |                          |          | 404",
                "GET     | /api/v1/files/nothing             |                          |          | 404",
                "GET     | /api/v1/files/%2e%2e              |                          |          | 404",
                "DELETE  | /api/v1/files/..%2f..%2fetc       |                          |          | 404",
                "PUT     | /api/v1/jobs                      | application/json         | {}       | 405",
                "POST    | /api/v1/jobs                      | text/csv                 | a,b      | 415",
                "POST    | /api/v1/jobs                      | application/json         | {        | 422",
                "POST    | /api/v1/jobs                      | application/json         | []       | 422",
                "POST    | /api/v1/jobs                      | application/yaml         | kind: X  | 422",
                "PATCH   | /api/v1/jobs/nothing              | application/json         | []       | 400",
                "PATCH   | /api/v1/jobs/nothing              | text/plain               | x        | 415",
                "TRACE   | /api/v1/jobs/nothing/result       |                          |          | 405",
                "POST    | /api/v1/templates/average         | application/x-www-form-urlencoded | quality=%zz | 400",
                "POST    | /api/v1/templates/average         | application/x-www-form-urlencoded | a=1&=&==&b  | 422",
                "GET     | /api/v1/tables/t/rows?limit=x     |                          |          | 400",
                "GET     | /api/v1/jobs?limit=0              |                          |          | 400",
                "GET     | /api/v1/jobs?phase=x              |                          |          | 400",
                "GET     | /api/v1/jobs/x/logs?lines=-1      |                          |          | 400",
            })
    void eachProblemHasAStatusAndABodyThatSaysIt(String method, String path, String type, String body, int status) {
        ServiceClient client = new ServiceClient(service);
        HttpResponse<String> response =
                type == null ? client.send(method, path) : client.send(method, path, body, "Content-Type", type);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        isProblem(response);
    }

    private static void isProblem(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as(response.body())
                .startsWith("application/problem+json");
        JsonNode problem = Json.parse(response.body()).orElseThrow();
        assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("Exception");
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("instance").asText()).startsWith("/api/v1/");
    }

    @Test
    void aLongUrlIsRefusedWithTheLimit() {
        HttpResponse<String> response = new ServiceClient(service).get("/api/v1/jobs?text=" + "x".repeat(20_000));
        assertThat(response.statusCode()).isEqualTo(414);
        assertThat(response.body()).contains("limit 16384");
        isProblem(response);
    }

    @Test
    void aManifestHasAllOfItsProblems() {
        HttpResponse<String> response = new ServiceClient(service)
                .send(
                        "POST",
                        "/api/v1/jobs",
                        "{\"apiVersion\":\"filejob.io/v1alpha1\",\"kind\":\"FileJob\",\"metadata\":{\"name\":\"x\"},"
                                + "\"spec\":{\"workers\":0,\"input\":{\"generate\":{\"files\":0}},\"operation\":{}}}",
                        "Content-Type",
                        "application/json");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Json.parse(response.body()).orElseThrow().path("errors").findValuesAsText("field"))
                .contains("spec.workers", "spec.input.generate.files");
    }

    @Test
    void aLargeManifestIsRefusedWithTheLimit() {
        ServiceClient client = new ServiceClient(service);
        String large = "#".repeat((1 << 20) + 1);
        HttpResponse<String> response = client.send("POST", "/api/v1/jobs", large, "Content-Type", "application/yaml");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("1 MiB");
        isProblem(response);
        HttpResponse<String> larger =
                client.send("POST", "/api/v1/jobs", "#".repeat(3 << 20), "Content-Type", "application/yaml");
        assertThat(larger.statusCode()).isEqualTo(413);
        isProblem(larger);
    }
}
