package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People upload a file to the service of the chart, which stores it in a bucket, and download the result from there. */
@NeedsNode
final class UploadTest {
    private static final String BOUNDARY = "boundary-of-the-form";
    private static final int ROWS = 5_000;

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    private static String part(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String form(String csv) {
        return part("template", "songs")
                + part("groupBy", "Song")
                + part("groupBy", "Date")
                + part("measures", "sum(Plays) as Total")
                + part("workers", "2")
                + "--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"plays.csv\"\r\n\r\n"
                + csv + "\r\n--" + BOUNDARY + "--\r\n";
    }

    private static String plays() {
        StringBuilder rows = new StringBuilder("Song,Date,Plays\n");
        for (int row = 0; row < ROWS; row++) {
            rows.append("\"Song, ").append(row * 7 % 90).append("\",2020-01-").append(10 + row % 19);
            rows.append(',').append(row).append('\n');
        }
        return rows.toString();
    }

    private static void secret(ObjectStorage storage, String name, String namespace) throws IOException {
        Cluster.kubectl("create", "secret", "generic", name, "--from-env-file=" + storage.secret(), "-n", namespace)
                .ok();
    }

    @Test
    void theResultOfAnUploadedFileIsThatOfALocalRun() throws IOException {
        Path input = Files.writeString(here.resolve("plays.csv"), plays());
        Files.createDirectory(here.resolve("nothing"));
        try (ObjectStorage storage = ObjectStorage.start()) {
            storage.fill("files", "", here.resolve("nothing"));
            secret(storage, "api-storage", Cluster.SYSTEM);
            secret(storage, "s3", sandbox.namespace());
            ServiceAccess.install(
                    "--set",
                    "api.storage.bucket=files",
                    "--set",
                    "api.storage.endpoint=" + storage.endpoint(),
                    "--set",
                    "api.storage.region=eu-west-1",
                    "--set",
                    "api.storage.pathStyle=true",
                    "--set",
                    "api.storage.credentialsSecret=api-storage",
                    "--set",
                    "api.storage.jobSecret=s3");
            Optional<String> user = ServiceAccess.token(sandbox.namespace(), "ann", "user");
            try (ServiceAccess service = new ServiceAccess()) {
                URI jobs = service.jobs(sandbox.namespace());
                URI job = URI.create(jobs + "/"
                        + ServiceAccess.json(service.send(
                                        "POST", jobs, user, form(plays()), "multipart/form-data; boundary=" + BOUNDARY))
                                .at("/metadata/name")
                                .asText());
                service.awaitComplete(job, user);

                Path output = here.resolve("totals.csv");
                Outcome.ofLocalRun(
                        """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: totals}
                        spec:
                          input: {files: ["INPUT"]}
                          operation:
                            aggregate:
                              groupBy: [Song, Date]
                              measures: [{function: sum, column: Plays, as: Total}]
                          output: {uri: "OUTPUT"}
                        """.replace("INPUT", input.toString()).replace("OUTPUT", output.toString()), List.of());
                assertThat(service.send("GET", URI.create(job + "/result"), user, "")
                                .body())
                        .isEqualTo(Files.readAllBytes(output));
            }
        } finally {
            ServiceAccess.remove();
            Cluster.kubectl("delete", "secret", "api-storage", "-n", Cluster.SYSTEM)
                    .ok();
        }
    }
}
