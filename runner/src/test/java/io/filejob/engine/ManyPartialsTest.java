package io.filejob.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.filejob.aggregate.GroupResults;
import io.filejob.api.FileJob;
import io.filejob.group.GroupSchema;
import io.filejob.ledger.GroupsPartial;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.output.RowOutput;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.validation.InvalidManifestException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups in ledgers are merged without a copy of all, and memory does not grow by a buffer for each slice. */
final class ManyPartialsTest {
    /** The maximum number of slices: with 16 KiB each, they would take 1.6 GB. */
    private static final int SLICES = 100_000;
    /** Bytes that may be allocated for a slice that is merged. */
    private static final long BYTES_PER_SLICE = 300;

    @TempDir
    private Path folder;

    private static FileJob job(String top) throws InvalidManifestException {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: many}
                spec:
                  workers: 1
                  input: {files: [in.csv]}
                  operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: v, as: s}]%s}}
                """.formatted(top));
    }

    /** Returns the groups that the job's only slice leaves in the ledger. */
    private GroupsPartial partial(FileJob job) throws InterruptedException {
        Path store = folder.resolve("store");
        new LocalRun(job, new LocalOptions(folder, store, false, _ -> {}), Clock.systemUTC()).run();
        Plan plan = Planner.plan(job.spec(), new Storage(folder));
        return (GroupsPartial) DirectoryStore.ofRun(store, plan.fingerprint())
                .ledgers()
                .getFirst()
                .results()
                .getFirst()
                .partial();
    }

    private static RowOutput merged(FileJob job, List<GroupsPartial> all) {
        RowOutput out = RowOutput.csv(null);
        new GroupResults(
                        GroupSchema.of(
                                job.spec(),
                                Objects.requireNonNull(job.spec().operation().aggregate())),
                        all)
                .write(null, out);
        return out;
    }

    @Test
    void smallGroupsOfVeryManySlicesAreMerged() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "k,v\na,1\nb,2\n");
        FileJob job = job("");

        RowOutput out = merged(job, Collections.nCopies(SLICES, partial(job)));

        assertThat(out.first()).containsExactly(List.of("a", "100000"), List.of("b", "200000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", top: {by: s, limit: 1000000}"})
    void groupsOfAllLedgersAreMergedWithoutACopy(String top) throws Exception {
        StringBuilder rows = new StringBuilder("k,v\n");
        for (int row = 0; row < 30; row++) {
            rows.append(Integer.toString(1000 + row).repeat(15)).append(",1\n");
        }
        Files.writeString(folder.resolve("in.csv"), rows);
        FileJob job = job(top);
        GroupsPartial partial = partial(job);
        assertThat(partial.inline().size()).isGreaterThan(30 * 60);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        RowOutput out = merged(job, Collections.nCopies(SLICES, partial));

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(SLICES * BYTES_PER_SLICE);
        assertThat(out.rows()).isEqualTo(30);
        assertThat(out.first()).hasSize(10).startsWith(List.of("1000".repeat(15), "100000"));
    }
}
