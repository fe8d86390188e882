package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.file.Folder;
import io.filejob.file.ForwardingFolder;
import io.filejob.file.PendingFile;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.validation.InvalidManifestException;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A damaged or missing partial result is rebuilt, and none is left after the end. */
final class DamagedPartialsTest {
    private static final String SPEC = """
            workers: 2, input: {files: [in.csv], sliceBytes: 4Ki}, onBadRecord: skip, rejects: {uri: rejects.csv},
            output: {uri: out.csv},
            operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}""";

    @RegisterExtension
    final Workbench bench = new Workbench();

    private Path manifest = Path.of("");
    private Path store = Path.of("");
    private Ledgers ledgers = new Ledgers(Path.of(""));
    private FileJob job;
    private Plan plan;
    private String output = "";
    private String rejects = "";
    private int attempts;

    /** All groups are in files: ledgers may not hold any. */
    @BeforeEach
    void job() throws IOException, InvalidManifestException {
        StringBuilder rows = new StringBuilder("song,plays\n");
        for (int i = 0; i < 60_000; i++) {
            rows.append("song ").append(i % 9_973).append(',').append(i % 500 == 3 ? "x" : i);
            rows.append('\n');
        }
        bench.write("in.csv", rows.toString());
        manifest = bench.manifest("job.yaml", SPEC);
        bench.run("run", "-q", manifest).with(0);
        output = Files.readString(bench.path("out.csv"));
        rejects = Files.readString(bench.path("rejects.csv"));
        Files.delete(bench.path("out.csv"));
        Files.delete(bench.path("rejects.csv"));
        store = bench.path("store");
        ledgers = new Ledgers(store);
        job = ManifestReader.read(Files.readString(manifest));
        Plan planned = Planner.plan(job.spec(), new Storage(bench.folder()));
        plan = Planner.recut(job.spec(), planned, new Cut(Cut.PROTOCOL, 4096, 40, 0, 0));
        DirectoryStore.ofRun(store, plan.fingerprint());
    }

    private List<Path> partials(String pattern) {
        Path folder = store.resolve("partials");
        return Files.isDirectory(folder)
                ? Workbench.names(folder).stream()
                        .filter(name -> name.matches(pattern))
                        .map(folder::resolve)
                        .toList()
                : List.of();
    }

    /** Stops a worker at slice {@code slice} and returns its partial results that match {@code pattern}. */
    private List<Path> stoppedAt(int slice, String pattern) {
        assertThat(worker(0, slice).run()).isFalse();
        assertThat(ledgers.done()).hasSize(slice + 1);
        return partials(pattern);
    }

    /** Returns another attempt of worker {@code index}, which stops after slice {@code slice}. */
    private Worker worker(int index, int slice) {
        return worker(index, 1, slice, Clock.systemUTC());
    }

    private Worker worker(int index, int workers, int slice, Clock clock) {
        Storage storage = new Storage(bench.folder());
        return worker(index, workers, slice, clock, storage, partials(storage));
    }

    private Folder partials(Storage storage) {
        return storage.folder(store.resolve("partials").toString());
    }

    private Worker worker(int index, int workers, int slice, Clock clock, Storage storage, Folder partials) {
        AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
        Worker worker = new Worker(new WorkerSetup(
                job.spec(),
                plan,
                DirectoryStore.ofWorker(store, plan.fingerprint()),
                storage,
                partials,
                null,
                new WorkerSetup.Identity(index, workers, "stopped" + ++attempts),
                bench.path("scratch"),
                at -> {
                    if (at == slice) {
                        stop.get().run();
                    }
                },
                clock));
        stop.set(worker::stop);
        return worker;
    }

    private static int slice(Path run) {
        return Integer.parseInt(run.getFileName().toString().replaceFirst("slice-([0-9]+)-.*", "$1"));
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }

    private void assertGoesOn() {
        bench.run("run", "-q", "--store", store, manifest).with(0);
        assertThat(bench.path("out.csv")).hasContent(output);
        assertThat(bench.path("rejects.csv")).hasContent(rejects);
        assertThat(partials(".*")).isEmpty();
    }

    @Test
    void runsThatAreTruncatedMissingOrNotWhatWasWritten() throws IOException {
        List<Path> runs = stoppedAt(20, "slice-.*-runs");
        Files.write(runs.get(0), new byte[0]);
        Files.delete(runs.get(1));
        flip(runs.get(2));
        byte[] half = Files.readAllBytes(runs.get(3));
        Files.write(runs.get(3), Arrays.copyOf(half, half.length / 2));
        Files.copy(runs.get(4), runs.get(5), StandardCopyOption.REPLACE_EXISTING);
        assertGoesOn();
    }

    @Test
    void allOfThem() throws IOException {
        for (Path file : stoppedAt(plan.slicing().slices() + 9, ".*")) {
            Files.delete(file);
        }
        assertGoesOn();
    }

    @Test
    void rangesOfKeysThatAreMergedAlready() throws IOException {
        List<Path> ranges = stoppedAt(plan.slicing().slices() + 9, "range-.*");
        flip(ranges.get(0));
        Files.delete(ranges.get(1));
        assertGoesOn();
    }

    @Test
    void badRecordsThatAreMissing() throws IOException {
        List<Path> kept = stoppedAt(20, "slice-.*-rejects");
        Files.delete(kept.get(0));
        Files.write(kept.get(1), new byte[3]);
        assertGoesOn();
    }

    @Test
    void onlyTheSlicesOfRunsLostAfterTheFirstStageAreDoneAgain() throws IOException {
        int slices = plan.slicing().slices();
        List<Path> runs = stoppedAt(slices - 1, "slice-.*-runs");
        Files.delete(runs.get(3));
        flip(runs.get(7));
        assertGoesOn();
        assertThat(ledgers.repeated().headSet(slices))
                .containsExactlyInAnyOrder(slice(runs.get(3)), slice(runs.get(7)));
    }

    /** On a clock that stands still, the delay before a slice is taken from its owner never ends. */
    @Test
    void aLostSliceIsRepeatedAtOnceIfItsOwnerMayBeDead() throws Exception {
        List<Path> runs = stoppedAt(plan.slicing().slices() - 1, "slice-.*-runs");
        Path run =
                runs.stream().filter(each -> slice(each) % 2 == 1).findFirst().orElseThrow();
        flip(run);
        Worker other = worker(0, 2, slice(run), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

        CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(other::run);
        try {
            assertThat(done.get(2, TimeUnit.MINUTES)).isFalse();
        } finally {
            other.stop();
        }

        assertThat(ledgers.repeated()).contains(slice(run));
        assertGoesOn();
    }

    /** A file that is complete when another run has committed the job and deleted all partial results. */
    private final class LateFile implements PendingFile {
        private final PendingFile file;

        LateFile(PendingFile file) {
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            file.write(bytes, offset, length);
        }

        @Override
        public void commit() {
            bench.run("run", "-q", "--store", store, manifest).with(0);
            file.commit();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /**
     * A worker that writes a range of keys when another one has committed the job and deleted all partial results. It does not
     * look before it begins another range, since its clock stands still, and the runs of that range are gone.
     */
    @Test
    void aRangeThatIsWrittenAfterTheEndIsDeleted() {
        assertThat(worker(0, plan.slicing().slices() - 1).run()).isFalse();
        Storage storage = new Storage(bench.folder());
        AtomicInteger late = new AtomicInteger();
        Folder partials = new ForwardingFolder(partials(storage)) {
            @Override
            public PendingFile create(String name, String writer) {
                PendingFile file = super.create(name, writer);
                return name.startsWith("range-") && late.getAndIncrement() == 0 ? new LateFile(file) : file;
            }
        };
        Worker worker = worker(0, 1, -1, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), storage, partials);

        assertThat(worker.run()).isTrue();

        assertThat(late).hasValueGreaterThan(0);
        assertThat(partials(".*")).isEmpty();
        assertThat(bench.path("out.csv")).hasContent(output);
    }

    @Test
    void aSliceWhoseRunIsLostAgainAndAgainIsNamed() throws IOException {
        Path run = stoppedAt(plan.slicing().slices() - 1, "slice-.*-runs").get(3);
        int slice = slice(run);
        // A single worker would end after three losses, since its own disk may be the cause.
        for (int loss = 0; loss < 6; loss++) {
            Files.delete(run);
            assertThat(worker(11 + loss / 3, slice).run()).isFalse();
        }
        Files.delete(run);
        assertThat(bench.run("run", "-q", "--store", store, manifest).with(74).err())
                .contains("slice " + slice + ": ", run.getFileName() + " was damaged or missing again and again");
    }
}
