package io.filejob.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.ServiceClient;
import io.filejob.service.Zeros;
import io.filejob.value.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads many times as large as the memory of the service. */
final class LargeUploadIT {
    private static final long SIZE = 5L << 30;
    /** The heap, and as much again for buffers, classes, threads and code. */
    private static final long MAX_MEMORY = 256L << 20;

    @TempDir
    Path data;

    @Test
    void anUploadOf5GiBNeedsAHeapOf128MiB() throws Exception {
        try (ServiceProcess service =
                ServiceProcess.start(data, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")) {
            ServiceClient client = service.client();
            HttpResponse<String> response =
                    client.send("POST", "/api/v1/files", BodyPublishers.ofInputStream(() -> new Zeros(SIZE)));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            JsonNode file = Json.parse(response.body()).orElseThrow();
            assertThat(file.path("bytes").asLong()).isEqualTo(SIZE);
            assertThat(service.peakMemory()).isLessThan(MAX_MEMORY);
            assertThat(client.send("DELETE", "/api/v1/files/" + file.path("id").asText())
                            .statusCode())
                    .isEqualTo(204);
        }
    }
}
