package io.filejob.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished results reach the store although their worker is busy with a slice that takes long. */
final class LedgerTimerTest {
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: slow}
            spec:
              input: {generate: {files: 6, entriesPerFile: 1, filesPerSlice: 1}}
              operation: {average: {}}
            """;

    /** The slice that takes long. */
    private static final int LONG = 4;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private FileJob job;
    private Plan plan;
    private FragileStore store;

    @BeforeEach
    void plan() throws Exception {
        job = ManifestReader.read(MANIFEST);
        plan = Planner.plan(job.spec(), new Storage(folder));
        store = new FragileStore(DirectoryStore.ofRun(folder.resolve("store"), plan.fingerprint()));
    }

    private FutureTask<Boolean> startedWorker() throws InterruptedException {
        Worker worker = new Worker(new WorkerSetup(
                job.spec(),
                plan,
                store,
                new Storage(folder),
                null,
                null,
                new WorkerSetup.Identity(0, 1, "a"),
                folder.resolve("scratch"),
                this::waitInLongSlice,
                Clock.systemUTC()));
        FutureTask<Boolean> run = new FutureTask<>(worker::run);
        Thread.ofPlatform().daemon().start(run);
        assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return run;
    }

    private void waitInLongSlice(int slice) {
        if (slice != LONG) {
            return;
        }
        begun.countDown();
        try {
            assertThat(goOn.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void resultsBeforeALongSliceAreInTheStoreWhileItLasts() throws Exception {
        FutureTask<Boolean> run = startedWorker();
        try {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                            Coverage.of(plan, store.ledgers()).done())
                    .isEqualTo(LONG));
            assertThat(run).isNotDone();
        } finally {
            goOn.countDown();
        }
        assertThat(run.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Coverage.of(plan, store.ledgers()).isComplete()).isTrue();
    }

    @Test
    void aLostStoreEndsTheWorkerAfterTheLongSlice() throws Exception {
        store.lost.set(true);
        FutureTask<Boolean> run = startedWorker();
        try {
            assertThat(store.refused.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            goOn.countDown();
        }
        assertThatThrownBy(() -> run.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(JobFailedException.class)
                .hasRootCauseMessage("the store is full");
        assertThat(store.ledgers()).isEmpty();
    }

    /** A folder store that can refuse to be written. */
    private static final class FragileStore extends ForwardingStore {
        private final AtomicBoolean lost = new AtomicBoolean();
        private final CountDownLatch refused = new CountDownLatch(1);

        FragileStore(StateStore folder) {
            super(folder);
        }

        @Override
        public void write(Ledger ledger) {
            if (lost.get()) {
                refused.countDown();
                throw new JobFailedException(ExitCode.UNAVAILABLE, "the store is full");
            }
            super.write(ledger);
        }
    }
}
