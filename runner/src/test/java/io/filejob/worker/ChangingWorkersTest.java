package io.filejob.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.Ledger;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.StateStore;
import io.filejob.validation.InvalidManifestException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** W may change while a worker runs, and its stripe changes with it. */
final class ChangingWorkersTest {
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: changing}
            spec:
              input: {generate: {files: 60, entriesPerFile: 1, filesPerSlice: 1}}
              operation: {average: {}}
            """;

    @TempDir
    private Path folder;

    private final List<Integer> begun = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    @Test
    void theStripeBecomesThatOfTheNewNumberOfWorkers() throws InvalidManifestException {
        // At the second look, with some slices done, W is 3 instead of 1.
        Worker worker = worker(0, 1, looks -> looks >= 2 ? OptionalInt.of(3) : OptionalInt.empty());
        assertThat(worker.run()).isTrue();
        int change = IntStream.range(0, 60)
                .filter(i -> begun.get(i) != i)
                .findFirst()
                .orElse(60);
        assertThat(change).as("slices done as the only worker").isBetween(1, 30);
        List<Integer> stripe = IntStream.range(change, 60)
                .filter(slice -> slice % 3 == 0)
                .boxed()
                .toList();
        assertThat(begun.subList(change, change + stripe.size()))
                .as("every third of what is left")
                .isEqualTo(stripe);
        assertThat(begun)
                .as("then what nobody else does")
                .doesNotHaveDuplicates()
                .hasSize(60);
    }

    @Test
    void aWorkerThatIsOneTooManyHasNoStripeAndHelps() throws InvalidManifestException {
        Worker worker = worker(5, 6, _ -> OptionalInt.of(2));
        assertThat(worker.run()).isTrue();
        assertThat(begun).hasSize(60).doesNotHaveDuplicates();
        assertThat(begun.getFirst()).as("from the far end").isGreaterThan(40);
    }

    private Worker worker(int index, int workers, IntFunction<OptionalInt> later) throws InvalidManifestException {
        FileJob job = ManifestReader.read(MANIFEST);
        Plan plan = Planner.plan(job.spec(), new Storage(folder));
        StateStore store = new Changing(DirectoryStore.ofRun(folder.resolve("store"), plan.fingerprint()), later);
        return new Worker(new WorkerSetup(
                job.spec(),
                plan,
                store,
                new Storage(folder),
                null,
                null,
                new WorkerSetup.Identity(index, workers, "a"),
                folder.resolve("scratch"),
                begun::add,
                ((InstantSource) this::tick).withZone(ZoneOffset.UTC)));
    }

    /** Advances the time by a tenth of a second with each call. */
    private Instant tick() {
        now = now.plusMillis(100);
        return now;
    }

    /** A folder store with a known W: {@code later} returns it for the number of looks so far. */
    private static final class Changing extends ForwardingStore {
        private final IntFunction<OptionalInt> later;
        private int looks;

        Changing(StateStore folder, IntFunction<OptionalInt> later) {
            super(folder);
            this.later = later;
        }

        @Override
        public ProgressSnapshot look(Plan plan, Ledger mine) {
            looks++;
            List<Ledger> all = new ArrayList<>(ledgers());
            all.add(mine);
            return ProgressSnapshot.of(Coverage.of(plan, all), later.apply(looks));
        }
    }
}
