package io.filejob.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A service that admits few requests. */
@QuarkusTest
@QuarkusTestResource(
        value = LocalService.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "filejob.service.requests-at-once", value = "5"),
            @ResourceArg(name = "filejob.service.requests-per-second", value = "1")
        })
class RequestRateTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void tooManyRequestsAreRefusedWithTheLimitUntilTheTimeInTheResponse() {
        ServiceClient client = new ServiceClient(service);
        HttpResponse<String> refused = await().atMost(Duration.ofMinutes(2))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> client.get("/api/v1/jobs"), response -> response.statusCode() != 200);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Json.parse(refused.body()).orElseThrow();
        assertThat(problem.path("detail").asText()).contains("limit 1 per second");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 2L);
        assertThat(client.send("POST", "/api/v1/files", "a,b\n").statusCode()).isEqualTo(429);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> client.get("/api/v1/jobs").statusCode() == 200);
    }
}
