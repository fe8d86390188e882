package io.filejob.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.group.GroupResults;
import io.filejob.group.RowOutput;
import io.filejob.job.GroupsPartial;
import io.filejob.job.Plan;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.model.FileJob;
import io.filejob.model.ManifestReader;
import io.filejob.plan.Planner;
import io.filejob.storage.DirectoryStore;
import io.filejob.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow by a buffer for each slice with groups in a ledger. */
final class ManyPartialsTest {
    /** The maximum number of slices: with 16 KiB each, they would take 1.6 GB. */
    private static final int SLICES = 100_000;

    @TempDir
    private Path folder;

    @Test
    void smallGroupsOfVeryManySlicesAreMerged() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "k,v\na,1\nb,2\n");
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: many}
                spec:
                  workers: 1
                  input: {files: [in.csv]}
                  operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: v}]}}
                """);
        Path store = folder.resolve("store");
        new LocalRun(job, new LocalOptions(folder, store, false, _ -> {}), Clock.systemUTC()).run();
        Plan plan = Planner.plan(job.spec(), new Storage(folder));
        GroupsPartial partial = (GroupsPartial) DirectoryStore.ofRun(store, plan.fingerprint())
                .ledgers()
                .getFirst()
                .results()
                .getFirst()
                .partial();
        List<GroupsPartial> all = Collections.nCopies(SLICES, partial);
        RowOutput out = RowOutput.csv(null);

        new GroupResults(
                        Operations.schema(
                                job.spec(),
                                Objects.requireNonNull(job.spec().operation().aggregate())),
                        all)
                .write(out);

        assertThat(out.first()).containsExactly(List.of("a", "100000"), List.of("b", "200000"));
    }
}
