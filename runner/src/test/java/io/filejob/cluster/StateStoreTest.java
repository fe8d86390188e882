package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Plan;
import io.filejob.status.RowCounts;
import io.filejob.storage.S3Access;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.StateStore;
import io.filejob.testing.s3.S3Server;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of every store. */
final class StateStoreTest {
    private static final String SPEC =
            "input: {generate: {files: 10, entriesPerFile: 1, filesPerSlice: 1}}, operation: {average: {}}";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new java.util.ArrayList<>();

    enum Kind {
        DIRECTORY,
        CONFIG_MAPS,
        BUCKET
    }

    /** A job's plan and stores, each opened as by another worker. */
    private record Opened(Plan plan, Supplier<StateStore> stores) {}

    private Opened open(Kind kind) {
        TestJob job = new TestJob(SPEC, 2, folder);
        open.add(job);
        return new Opened(
                job.plan(),
                switch (kind) {
                    case DIRECTORY ->
                        () -> DirectoryStore.ofWorker(
                                folder.resolve("store"), job.plan().fingerprint());
                    case CONFIG_MAPS -> job::store;
                    case BUCKET -> bucket(job.plan());
                });
    }

    private Supplier<StateStore> bucket(Plan plan) {
        S3Server server = new S3Server(folder);
        open.add(server);
        server.bucket("stores");
        Storage storage = S3Access.storage(server, folder);
        open.add(storage);
        return () -> storage.storeOfWorker("s3://stores/some/job", plan.fingerprint());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatOneWritesAllRead(Kind kind) {
        Opened opened = open(kind);
        StateStore one = opened.stores().get();
        StateStore other = opened.stores().get();
        assertThat(other.ledgers()).isEmpty();
        Ledger first = ledger(one, 0, "aaaaaaaa-1", 0, 2, 4);
        Ledger second = ledger(other, 1, "bbbbbbbb-1", 1);
        one.write(first);
        other.write(second);
        assertThat(one.ledgers()).containsExactlyInAnyOrder(first, second);
        assertThat(other.ledgers()).containsExactlyInAnyOrder(first, second);
    }

    @ParameterizedTest
    @EnumSource
    void aLedgerReplacesTheEarlierOneOfItsAttemptOnly(Kind kind) {
        Opened opened = open(kind);
        StateStore store = opened.stores().get();
        Ledger earlier = ledger(store, 0, "aaaaaaaa-1", 0);
        Ledger later = ledger(store, 0, "aaaaaaaa-1", 0, 1);
        Ledger another = ledger(store, 0, "cccccccc-1", 5);
        store.write(earlier);
        assertThat(store.ledgers()).containsExactly(earlier);
        store.write(another);
        store.write(later);
        assertThat(store.ledgers()).containsExactlyInAnyOrder(later, another);
        // A worker that resumes after its store object has forgotten which ledgers it created.
        opened.stores().get().write(earlier);
        assertThat(store.ledgers()).containsExactlyInAnyOrder(earlier, another);
    }

    @ParameterizedTest
    @EnumSource
    void aLookShowsWhatAllHaveDoneAndCountsMineAsWritten(Kind kind) {
        Opened opened = open(kind);
        StateStore store = opened.stores().get();
        store.write(ledger(store, 0, "aaaaaaaa-1", 0, 2, 4));
        store.write(ledger(store, 1, "bbbbbbbb-1", 1, 2));
        ProgressSnapshot look = opened.stores().get().look(opened.plan(), ledger(store, 2, "dddddddd-1", 9));
        assertThat(look.done()).isEqualTo(set(0, 1, 2, 4, 9));
        assertThat(look.failed()).isFalse();
        assertThat(look.count()).isEqualTo(5);
        assertThat(look.covers(opened.plan().stages().getFirst())).isFalse();
        store.write(ledger(store, 1, "bbbbbbbb-1", IntStream.range(0, 9).toArray()));
        look = opened.stores().get().look(opened.plan(), ledger(store, 2, "dddddddd-1", 9));
        assertThat(look.covers(opened.plan().stages().getFirst())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aLookShowsThatASliceHasFailed(Kind kind) {
        Opened opened = open(kind);
        StateStore store = opened.stores().get();
        Ledger nothing = ledger(store, 2, "dddddddd-1");
        Rejection bad = new Rejection(3, 17, true, "price", "not a number", "x");
        store.write(new Ledger(store.fingerprint(), 0, "aaaaaaaa-1", List.of(result(3, bad))));
        ProgressSnapshot look = opened.stores().get().look(opened.plan(), nothing);
        assertThat(look.failed()).isTrue();
        assertThat(look.covers(opened.plan().stages().getFirst())).isFalse();
    }

    private static Ledger ledger(StateStore store, int worker, String attempt, int... slices) {
        List<SliceResult> results =
                IntStream.of(slices).mapToObj(slice -> result(slice, null)).toList();
        return new Ledger(store.fingerprint(), worker, attempt, results);
    }

    private static SliceResult result(int slice, @org.jspecify.annotations.Nullable Rejection failure) {
        return SliceResult.builder(slice, slice, slice + 1L, new AveragePartial("12.5", 1))
                .rows(new RowCounts(1, 1, 0))
                .failure(failure)
                .build();
    }

    private static BitSet set(int... slices) {
        BitSet set = new BitSet();
        IntStream.of(slices).forEach(set::set);
        return set;
    }
}
