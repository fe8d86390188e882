package io.filejob.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.status.FileJobStatus;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.StateStore;
import io.filejob.time.MonotonicClock;
import io.filejob.validation.InvalidManifestException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clocks of workers jump back and forth by hours, each time that they are read. */
final class JumpingClockTest {
    private static final int SLICES = 40;
    private static final int ENTRIES = 5;
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: jumping}
            spec:
              workers: 2
              input: {generate: {files: 40, entriesPerFile: 5, filesPerSlice: 1}}
              operation: {average: {}}
            """;
    /** Readings of the clock that suffice for a worker to look at the progress of the others many times. */
    private static final int MANY_READINGS = 500;

    private static final int LIMIT_SECONDS = 120;

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Clock wall = ((InstantSource) this::jump).withZone(ZoneOffset.UTC);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong readings = new AtomicLong();

    private synchronized Instant jump() {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextLong(-40_000, 40_000));
    }

    private static FileJob job() throws InvalidManifestException {
        return ManifestReader.read(MANIFEST);
    }

    /** Returns a worker with a wall clock of its own and the counter {@link #nanos}. */
    private Worker worker(FileJob job, Plan plan, StateStore store, int index, IntConsumer inFlight) {
        return new Worker(new WorkerSetup(
                job.spec(),
                plan,
                store,
                new Storage(folder),
                null,
                null,
                new WorkerSetup.Identity(index, 2, "a"),
                folder.resolve("scratch-" + index),
                inFlight::accept,
                new MonotonicClock(wall.instant(), () -> {
                    readings.incrementAndGet();
                    return nanos.get();
                })));
    }

    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    @Test
    void aSliceIsStolenAfterTheDelayAndNotBefore() throws Exception {
        FileJob job = job();
        Plan plan = Planner.plan(job.spec(), new Storage(folder));
        StateStore store = DirectoryStore.ofRun(folder.resolve("store"), plan.fingerprint());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> ofOwner = new CopyOnWriteArrayList<>();
        List<Integer> ofThief = new CopyOnWriteArrayList<>();
        Worker owner = worker(job, plan, store, 1, slice -> {
            ofOwner.add(slice);
            begun.countDown();
            awaitQuietly(goOn);
        });
        FutureTask<Boolean> owning = started(owner::run);
        try {
            assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            FutureTask<Boolean> stealing = started(worker(job, plan, store, 0, ofThief::add)::run);

            await("all others are done")
                    .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                    .until(() -> ofThief.size() == SLICES - 1);
            long before = readings.get();
            await("it looks again and again")
                    .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                    .until(() -> readings.get() > before + MANY_READINGS);
            assertThat(ofThief).as("seed %d", seed).hasSize(SLICES - 1).doesNotHaveDuplicates();
            assertThat(ofThief).doesNotContainAnyElementsOf(ofOwner);

            nanos.addAndGet(Duration.ofHours(1).toNanos());
            assertThat(stealing.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(ofThief).hasSize(SLICES).doesNotHaveDuplicates();
        } finally {
            goOn.countDown();
        }
        assertThat(owning.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ofOwner).hasSize(1);
        Coverage coverage = Coverage.of(plan, store.ledgers());
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.rows().in()).as("the slice counts once").isEqualTo((long) SLICES * ENTRIES);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRunIsCompleteAndShowsNoTimeBeforeItsStart() throws Exception {
        FileJobStatus status = new LocalRun(job(), new LocalOptions(folder, null, false, _ -> {}), wall)
                .run()
                .status();
        assertThat(Objects.requireNonNull(status.rows()).in())
                .as("seed %d", seed)
                .isEqualTo((long) SLICES * ENTRIES);
        Instant start = Instant.parse(Objects.requireNonNull(status.startTime()));
        Instant end = Instant.parse(Objects.requireNonNull(status.completionTime()));
        assertThat(Duration.between(start, end)).isBetween(Duration.ZERO, Duration.ofSeconds(LIMIT_SECONDS));
    }
}
