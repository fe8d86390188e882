package io.filejob.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.status.AggregateResult;
import io.filejob.status.Phase;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A local run keeps the cut in its store. */
final class PinnedRunTest {
    @TempDir
    private Path folder;

    private static FileJob job() throws InvalidManifestException {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: pinned}
                spec:
                  workers: 2
                  input: {files: [in.csv]}
                  operation:
                    aggregate: {groupBy: [k], measures: [{function: sum, column: v}, {function: count}]}
                """);
    }

    /** The next release may cut otherwise, but the cut in the store is used. */
    @ParameterizedTest
    @CsvSource({"7, 1, 0", "64, 3, 16", "1000000, 1024, 65536"})
    void aRunTakesTheCutFromItsStore(long sliceBytes, int reduceSlices, int inlineBytes)
            throws IOException, InvalidManifestException, InterruptedException {
        Files.writeString(folder.resolve("in.csv"), "k,v\n" + "a,1\nb,2\n\"c,\n\",3\n".repeat(50));
        FileJob job = job();
        Plan planned = Planner.plan(job.spec(), new Storage(folder));
        Cut cut = new Cut(Cut.PROTOCOL, sliceBytes, reduceSlices, 0, inlineBytes);
        Path store = folder.resolve("store");
        DirectoryStore.ofRun(
                store,
                new Fingerprint(
                        planned.fingerprint().spec(), planned.fingerprint().inputs(), cut));

        LocalRun.RunOutcome outcome =
                new LocalRun(job, new LocalOptions(folder, store, false, _ -> {}), Clock.systemUTC()).run();

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.status().phase()).isEqualTo(Phase.COMPLETE);
        long slices = Math.ceilDiv(Files.size(folder.resolve("in.csv")), sliceBytes);
        assertThat(Objects.requireNonNull(outcome.status().slices()).total()).isEqualTo((int) slices + reduceSlices);
        assertThat(Objects.requireNonNull(outcome.status().rows()).used()).isEqualTo(150);
        assertThat(((AggregateResult) Objects.requireNonNull(outcome.status().result())).rows())
                .extracting(row -> String.join("|", row))
                .containsExactly("a|50|50", "b|100|50", "c,\n|150|50");
    }
}
