package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.configmap.PinnedListing;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The pods of a job rebuild results that were deleted or damaged after a ledger vouched for them. The first pod does all
 * slices but the last one, since it cannot write the output; then another one takes its place.
 */
final class LostInClusterTest {
    private static final int SONGS = 4_000;
    /** The output is larger. */
    private static final String[] FILES_OF_16_KIB = {"bash", "-c", "ulimit -f 16; exec \"$@\"", "limited"};

    @TempDir
    private Path folder;

    private S3Server storage;
    private Map<String, String> environment = Map.of();
    private String spec = "";
    private String expected = "";

    @BeforeEach
    void files() throws IOException {
        StringBuilder rows = new StringBuilder("song,plays\n");
        StringBuilder sums = new StringBuilder("song,sum(plays)\n");
        for (int song = 1; song <= SONGS; song++) {
            rows.append(String.format(Locale.ROOT, "song %05d,%d\n", song, song));
            sums.append(String.format(Locale.ROOT, "song %05d,%d\n", song, song));
        }
        expected = sums.toString();
        Files.writeString(folder.resolve("in.csv"), rows);
        storage = new S3Server(Files.createDirectory(folder.resolve("s3")));
        storage.bucket("jobs");
        Path secret = Files.createDirectories(folder.resolve("secrets").resolve(S3Server.SECRET));
        Files.writeString(secret.resolve("AWS_ACCESS_KEY_ID"), S3Server.ACCESS_KEY);
        Files.writeString(secret.resolve("AWS_SECRET_ACCESS_KEY"), S3Server.SECRET_KEY);
        environment = Map.of("FILEJOB_SECRETS", folder.resolve("secrets").toString());
        spec = "workers: 1, input: {files: ['%1$s/in.csv'], sliceBytes: 8Ki}, output: {uri: '%1$s/out.csv'}, "
                        .formatted(folder)
                + "operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}";
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    /** Runs the first pod until it has done all slices but the last one, and fails. */
    private void allButTheLastSlice(TestJob job) throws Exception {
        try (PodEmulation pod = new PodEmulation(Files.createDirectory(folder.resolve("first")), FILES_OF_16_KIB)) {
            int status = pod.status(pod.start(job, environment, TestJob.NAME));
            assertThat(status).as(Files.readString(pod.log())).isEqualTo(73);
        }
        assertThat(job.ledgers()).hasSize(1);
    }

    private void assertGoesOn(TestJob job) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FILEJOB_ATTEMPT", "89abcdef");
        try (PodEmulation pod = new PodEmulation(Files.createDirectory(folder.resolve("second")))) {
            int status = pod.status(pod.start(job, all, TestJob.NAME));
            assertThat(status).as(Files.readString(pod.log())).isZero();
        }
        assertThat(folder.resolve("out.csv")).hasContent(expected);
    }

    private List<String> keys(String pattern) {
        return storage.client().listObjectsV2(request -> request.bucket("jobs")).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.matches("store/" + TestJob.UID + "/" + pattern))
                .toList();
    }

    private void delete(String key) {
        storage.client().deleteObject(request -> request.bucket("jobs").key(key));
    }

    @Test
    void groupsInALedgerThatWasDeleted() throws Exception {
        try (TestJob job = new TestJob(spec, 1, folder)) {
            allButTheLastSlice(job);
            String ledger = job.ledgers().at("/0/metadata/name").asText();
            RealApiServer.get().kubectl("", "delete", "configmap", "-n", job.namespace, ledger);
            assertGoesOn(job);
        }
    }

    @Test
    void objectsThatALedgerRefersTo() throws Exception {
        String stored = spec + ", store: {uri: 's3://jobs/store/'}, " + storage.yaml();
        try (TestJob job = new TestJob(stored, 1, folder)) {
            // All groups are in objects: ledgers may not hold any.
            PinnedListing.pin(
                    job.configMaps(),
                    JobConfigMap.read(job.configMaps(), TestJob.NAME),
                    Planner.recut(job.job().spec(), job.plan(), new Cut(Cut.PROTOCOL, 8192, 4, 0, 0)));
            allButTheLastSlice(job);
            List<String> runs = keys("slice-.*-runs");
            List<String> ranges = keys("range-.*");
            assertThat(runs).hasSizeGreaterThan(2);
            assertThat(ranges).hasSizeGreaterThan(2);
            delete(runs.get(1));
            storage.put("jobs", runs.get(2), new byte[7]);
            delete(ranges.get(0));
            storage.put("jobs", ranges.get(1), new byte[7]);

            assertGoesOn(job);
            assertThat(keys(".*")).isEmpty();
        }
    }
}
