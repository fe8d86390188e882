package io.filejob.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.ServiceClient;
import io.filejob.service.Zeros;
import io.filejob.testing.s3.S3Server;
import io.filejob.value.Json;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads many times as large as the memory of the service. */
final class LargeUploadIT {
    private static final String[] SMALL_HEAP = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};
    private static final long SIZE = 5L << 30;
    /** The heap, and as much again for buffers, classes, threads and code. */
    private static final long MAX_MEMORY = 256L << 20;

    private static final String BUCKET = "files";

    @TempDir
    Path folder;

    @Test
    void anUploadOf5GiBNeedsAHeapOf128MiB() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(folder, SMALL_HEAP)) {
            upload(service, SIZE);
        }
    }

    @Test
    void soDoesOneIntoObjectStorage() throws Exception {
        try (S3Server s3 = new S3Server(Files.createDirectory(folder.resolve("s3")))) {
            s3.bucket(BUCKET);
            Map<String, String> environment = Map.of(
                    "AWS_ACCESS_KEY_ID",
                    S3Server.ACCESS_KEY,
                    "AWS_SECRET_ACCESS_KEY",
                    S3Server.SECRET_KEY,
                    "FILEJOB_SERVICE_UPLOADS",
                    "s3://" + BUCKET + "/uploads/",
                    "FILEJOB_SERVICE_S3_ENDPOINT",
                    s3.endpoint(),
                    "FILEJOB_SERVICE_S3_REGION",
                    S3Server.REGION,
                    "FILEJOB_SERVICE_S3_PATH_STYLE",
                    "true");
            try (ServiceProcess service =
                    ServiceProcess.start(folder.resolve("data"), environment, Redirect.INHERIT, SMALL_HEAP)) {
                upload(service, SIZE);
            }
        }
    }

    private static void upload(ServiceProcess service, long size) throws IOException {
        ServiceClient client = service.client();
        HttpResponse<String> response =
                client.send("POST", "/api/v1/files", BodyPublishers.ofInputStream(() -> new Zeros(size)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode file = Json.parse(response.body()).orElseThrow();
        assertThat(file.path("bytes").asLong()).isEqualTo(size);
        assertThat(service.peakMemory()).isLessThan(MAX_MEMORY);
        assertThat(client.send("DELETE", "/api/v1/files/" + file.path("id").asText())
                        .statusCode())
                .isEqualTo(204);
    }
}
