package io.filejob.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.PublishedPartial;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.status.RowCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryStoreTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    private static final Fingerprint JOB = new Fingerprint("sha256:spec", "sha256:inputs", CUT);

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsRead() {
        DirectoryStore store = DirectoryStore.ofRun(folder, JOB);
        Ledger first = ledger(store, 0, "a", 5);
        Ledger second = ledger(store, 1, "b", 1);
        store.write(first);
        store.write(second);
        assertThat(DirectoryStore.ofWorker(folder, JOB).ledgers()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aLedgerReplacesTheEarlierOneOfItsAttempt() {
        DirectoryStore store = DirectoryStore.ofRun(folder, JOB);
        store.write(ledger(store, 0, "a", 1));
        assertThat(store.ledgers()).containsExactly(ledger(store, 0, "a", 1));
        store.write(ledger(store, 0, "a", 2));
        assertThat(store.ledgers()).containsExactly(ledger(store, 0, "a", 2));
    }

    /** A worker killed while it writes leaves a truncated file under a temporary name. */
    @Test
    void aWriteThatDidNotEndIsNotThere() throws IOException {
        DirectoryStore store = DirectoryStore.ofRun(folder, JOB);
        store.write(ledger(store, 0, "a", 1));
        Path written = file();
        Files.copy(written, written.resolveSibling("." + written.getFileName() + ".new.tmp"));
        assertThat(store.ledgers()).containsExactly(ledger(store, 0, "a", 1));
    }

    /** Truncated at any byte, or with any byte changed. */
    @Test
    void aLedgerThatIsNotExactlyWhatWasWrittenIsNamed() throws IOException {
        DirectoryStore store = DirectoryStore.ofRun(folder, JOB);
        store.write(ledger(store, 0, "a", 2));
        Path file = file();
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            Files.write(file, java.util.Arrays.copyOf(good, at));
            assertLost(() -> DirectoryStore.ofRun(folder, JOB).ledgers(), file.toString());
            assertLost(() -> DirectoryStore.ofRun(folder, JOB).ledgers(), "remove it from the store");
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(file, bad);
            assertLost(() -> DirectoryStore.ofRun(folder, JOB).ledgers(), file.toString());
        }
    }

    @Test
    void aLedgerOfAnotherJobIsNamed() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        DirectoryStore foreign = DirectoryStore.ofRun(other, new Fingerprint("sha256:spec", "sha256:elsewhere", CUT));
        foreign.write(ledger(foreign, 0, "z", 1));
        Path mine = Files.createDirectory(folder.resolve("mine"));
        DirectoryStore store = DirectoryStore.ofRun(mine, JOB);
        Files.copy(other.resolve("ledgers/worker-0-z"), mine.resolve("ledgers/worker-0-z"));
        assertLost(store::ledgers, "worker-0-z cannot be used: it belongs to another job; remove it from the store");
    }

    @Test
    void aStoreOfAnotherJobIsRefused() {
        DirectoryStore.ofRun(folder, JOB);
        assertLost(
                () -> DirectoryStore.ofRun(folder, new Fingerprint("sha256:x", "sha256:inputs", CUT)), "another spec");
        assertLost(
                () -> DirectoryStore.ofRun(folder, new Fingerprint("sha256:spec", "sha256:x", CUT)), "another input");
        assertLost(() -> DirectoryStore.ofWorker(folder, new Fingerprint("sha256:x", "sha256:x", CUT)), "another spec");
    }

    @Test
    void toAWorkerAnotherInputHasChanged() {
        DirectoryStore.ofRun(folder, JOB);
        assertThatThrownBy(() -> DirectoryStore.ofWorker(folder, new Fingerprint("sha256:spec", "sha256:x", CUT)))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageStartingWith("InputChanged");
    }

    @Test
    void aPlaceThatCannotBeAFolderIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertLost(() -> DirectoryStore.ofRun(file, JOB), file.toString());
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("ledgers"))) {
            return files.toList().getFirst();
        }
    }

    private static void assertLost(ThrowingCallable call, String named) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContaining(named);
    }

    private static Ledger ledger(DirectoryStore store, int worker, String attempt, long rows) {
        Rejection bad = new Rejection(3, 17, false, "price", "not a number", "ä\"\n");
        return new Ledger(
                store.fingerprint(),
                worker,
                attempt,
                List.of(
                        SliceResult.builder(0, 0, 10, new AveragePartial("12.50", rows))
                                .lines(4)
                                .bytes(10)
                                .rows(new RowCounts(rows, rows, 0))
                                .samples(List.of(bad))
                                .build(),
                        SliceResult.builder(1, 10, 10, new AveragePartial("0", 0))
                                .certain(false)
                                .failure(bad)
                                .build(),
                        SliceResult.builder(2, 0, 0, new PublishedPartial(9, "sha256:0", null, List.of(), null))
                                .build()));
    }
}
