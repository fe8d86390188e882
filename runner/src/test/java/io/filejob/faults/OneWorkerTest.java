package io.filejob.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run with one worker ends with its first failure that another worker might not have: on this machine there is no
 * other node, so neither the worker nor its request is tried again.
 */
@Timeout(180)
final class OneWorkerTest {
    @RegisterExtension
    final Workbench bench = new Workbench();

    @ParameterizedTest
    @ValueSource(strings = {"--quiet", "--processes"})
    void aRefusedReadEndsTheRun(String kind) throws IOException {
        try (S3Server storage = new S3Server(Files.createDirectory(bench.path("s3")))) {
            storage.bucket("jobs");
            storage.put("jobs", "in/a.csv", ("price\n" + "2.5\n3.5\n".repeat(300)).getBytes(US_ASCII));
            int before = storage.requests();
            run(storage, kind).with(0);
            int all = storage.requests() - before;

            before = storage.requests();
            storage.refuseAfter(all / 2);

            assertThat(run(storage, kind).with(77).err()).contains("s3://jobs/", "the credentials are refused");
            assertThat(storage.requests() - before).isEqualTo(all / 2 + 1);
        }
    }

    private FilejobProcess.End run(S3Server storage, String kind) {
        String spec =
                Manifests.csv("s3://jobs/in/", "1Ki") + ", output: {uri: \"s3://jobs/out.csv\"}, " + storage.yaml();
        return bench.run("run", "-w1", kind, "--secret", storage.secretOption(), bench.manifest("job.yaml", spec));
    }
}
