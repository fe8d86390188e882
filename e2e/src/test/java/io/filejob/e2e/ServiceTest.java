package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People run FileJobs by the service of the chart, each with the rights of the own token. */
final class ServiceTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    @BeforeAll
    static void install() {
        ServiceAccess.install();
    }

    @AfterAll
    static void remove() {
        ServiceAccess.remove();
    }

    @Test
    void aJobHasTheBytesOfALocalRunAndItsCallersHaveTheirOwnRights() throws IOException {
        Optional<String> user = ServiceAccess.token(sandbox.namespace(), "ann", "user");
        Optional<String> reader = ServiceAccess.token(sandbox.namespace(), "bob", "reader");
        Manifest average = Manifest.small("average", 3);
        String manifest =
                average.with("spec.output", "{configMap: {name: by-service}}").yaml();
        try (ServiceAccess service = new ServiceAccess()) {
            URI jobs = service.jobs(sandbox.namespace());
            assertThat(service.send("POST", jobs, Optional.empty(), manifest).statusCode())
                    .isEqualTo(401);
            assertThat(service.send("POST", jobs, reader, manifest).statusCode())
                    .isEqualTo(403);
            URI job = URI.create(jobs + "/"
                    + ServiceAccess.json(service.send("POST", jobs, user, manifest))
                            .at("/metadata/name")
                            .asText());
            service.awaitComplete(job, user);

            URI result = URI.create(job + "/result");
            Path output = here.resolve("average.csv");
            Outcome.ofLocalRun(
                    average.with("spec.output", "{uri: '" + output + "'}").yaml());
            assertThat(service.send("GET", result, user, "").body()).isEqualTo(Files.readAllBytes(output));
            assertThat(service.send("GET", result, reader, "").body()).isEqualTo(Files.readAllBytes(output));
            assertThat(service.send("DELETE", job, reader, "").statusCode()).isEqualTo(403);
            assertThat(service.send("DELETE", job, user, "").statusCode()).isBetween(200, 299);
        }
    }
}
