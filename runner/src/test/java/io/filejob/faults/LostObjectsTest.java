package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.storage.S3Access;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Mounts;
import io.filejob.testing.s3.S3Server;
import io.filejob.validation.InvalidManifestException;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A partial result or ledger that is missing or damaged in object storage is rebuilt. */
final class LostObjectsTest {
    private static final String SPEC = """
            workers: 2, input: {files: [in.csv], sliceBytes: 4Ki}, onBadRecord: skip, rejects: {uri: rejects.csv},
            output: {uri: out.csv},
            operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}""";
    private static final String STORE = "s3://jobs/store";

    @RegisterExtension
    final Workbench bench = new Workbench();

    private S3Server storage;
    private Path manifest = Path.of("");
    private FileJob job;
    private Plan plan;
    private String output = "";

    /** All groups are in objects: ledgers may not hold any. */
    @BeforeEach
    void job() throws IOException, InvalidManifestException {
        storage = new S3Server(Files.createDirectory(bench.path("s3")));
        storage.bucket("jobs");
        StringBuilder rows = new StringBuilder("song,plays\n");
        Map<String, Integer> sums = new TreeMap<>();
        for (int i = 0; i < 6_000; i++) {
            String song = "song " + i % 997;
            boolean isBad = i % 300 == 3;
            rows.append(song).append(',').append(isBad ? "x" : i).append('\n');
            if (!isBad) {
                sums.merge(song, i, Integer::sum);
            }
        }
        bench.write("in.csv", rows.toString());
        manifest = bench.manifest("job.yaml", SPEC + ", store: {uri: '" + STORE + "'}, " + storage.yaml());
        StringBuilder lines = new StringBuilder("song,sum(plays)\n");
        sums.forEach((song, sum) -> lines.append(song).append(',').append(sum).append('\n'));
        output = lines.toString();
        job = ManifestReader.read(Files.readString(manifest));
        try (Storage storage = storage()) {
            Plan planned = Planner.plan(job.spec(), storage);
            plan = Planner.recut(job.spec(), planned, new Cut(Cut.PROTOCOL, 4096, 4, 0, 0));
            storage.storeOfRun(STORE, plan.fingerprint());
        }
    }

    @AfterEach
    void stop() {
        storage.close();
    }

    private Storage storage() {
        return Storage.of(job.spec(), bench.folder(), S3Access.secrets(storage), Mounts.NONE);
    }

    private List<String> keys(String pattern) {
        return storage.client().listObjectsV2(request -> request.bucket("jobs").prefix("store/")).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.matches("store/" + pattern))
                .toList();
    }

    /** Stops a worker after slice {@code slice} and returns the keys of its objects that match {@code pattern}. */
    private List<String> stoppedAt(int slice, String pattern) {
        try (Storage storage = storage()) {
            AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
            Worker worker = new Worker(new WorkerSetup(
                    job.spec(),
                    plan,
                    storage.storeOfWorker(STORE, plan.fingerprint()),
                    storage,
                    storage.folder(Storage.below(STORE, "partials")),
                    null,
                    new WorkerSetup.Identity(0, 1, "stopped"),
                    bench.path("scratch"),
                    at -> {
                        if (at == slice) {
                            stop.get().run();
                        }
                    },
                    Clock.systemUTC()));
            stop.set(worker::stop);
            assertThat(worker.run()).isFalse();
        }
        assertThat(keys(pattern)).hasSizeGreaterThan(1);
        return keys(pattern);
    }

    private void delete(String key) {
        storage.client().deleteObject(request -> request.bucket("jobs").key(key));
    }

    private void damage(String key) {
        byte[] content = storage.get("jobs", key);
        content[content.length / 2] ^= 4;
        storage.put("jobs", key, content);
    }

    private void assertGoesOn() {
        bench.run("run", "-q", "--secret", storage.secretOption(), manifest).with(0);
        assertThat(bench.path("out.csv")).hasContent(output);
        assertThat(bench.path("rejects.csv")).content().hasLineCount(1 + 6_000 / 300);
        assertThat(keys("partials/.*")).isEmpty();
    }

    @Test
    void runsAndBadRecordsBeforeTheyAreMerged() {
        int last = plan.slicing().slices() - 1;
        List<String> runs = stoppedAt(last, "partials/slice-.*-runs");
        List<String> kept = keys("partials/slice-.*-rejects");
        delete(runs.get(0));
        damage(runs.get(1));
        storage.put("jobs", runs.get(2), new byte[0]);
        delete(kept.get(0));
        damage(kept.get(1));
        assertGoesOn();
    }

    @Test
    void rangesOfKeysBeforeTheyArePublishedAndTheirRuns() {
        List<String> ranges = stoppedAt(plan.slicing().slices() + 3, "partials/range-.*");
        delete(ranges.get(0));
        damage(ranges.get(1));
        delete(keys("partials/slice-.*-runs").get(0));
        assertGoesOn();
    }

    @Test
    void theLedgerOfAWorker() {
        stoppedAt(plan.slicing().slices() + 1, "partials/.*");
        keys("ledgers/.*").forEach(this::delete);
        assertGoesOn();
    }
}
