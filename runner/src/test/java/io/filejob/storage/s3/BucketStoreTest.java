package io.filejob.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.ForwardingFolder;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LedgerFormat;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.storage.S3Access;
import io.filejob.storage.Storage;
import io.filejob.testing.s3.S3Server;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledgers of a bucket are read correctly from services that list objects under temporary names while they are
 * written.
 */
final class BucketStoreTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    private static final Fingerprint JOB = new Fingerprint("spec", "inputs", CUT);
    private static final String PASSING = "worker-0-aaaaaaaa-1-being-written";

    @TempDir
    private Path folder;

    private S3Server server;
    private Storage storage;

    @BeforeEach
    void start() {
        server = new S3Server(folder);
        server.bucket("stores");
        storage = S3Access.storage(server, folder);
    }

    @AfterEach
    void stop() {
        storage.close();
        server.close();
    }

    /** Lists one additional file, which has each of these contents in turn and then vanishes. */
    private static final class Passing extends ForwardingFolder {
        private final Deque<byte[]> contents;

        Passing(Folder folder, byte[]... contents) {
            super(folder);
            this.contents = new ArrayDeque<>(Arrays.asList(contents));
        }

        @Override
        public Optional<byte[]> find(String name) {
            return name.equals(PASSING) ? Optional.ofNullable(contents.poll()) : super.find(name);
        }

        @Override
        public List<Entry> list() {
            List<Entry> all = new ArrayList<>(super.list());
            all.add(new Entry(PASSING, 1, "1"));
            return all;
        }
    }

    private BucketStore store(byte[]... contents) {
        S3Folder store = (S3Folder) storage.folder("s3://stores/job");
        Folder ledgers = new Passing(storage.folder("s3://stores/job/ledgers"), contents);
        return BucketStore.ofRun(store, ledgers, JOB);
    }

    private static Ledger ledger() {
        return new Ledger(JOB.combined(), 0, "aaaaaaaa-1", List.of());
    }

    @Test
    void whatIsGoneWhenItIsReadWasNoLedger() {
        BucketStore store = store();
        store.write(ledger());
        assertThat(store.ledgers()).containsExactly(ledger());
    }

    @Test
    void whatIsHalfWrittenAndThenGoneWasNoLedger() {
        byte[] whole = LedgerFormat.write(ledger());
        BucketStore store = store(Arrays.copyOf(whole, whole.length / 2));
        store.write(ledger());
        assertThat(store.ledgers()).containsExactly(ledger());
    }

    @Test
    void whatStaysTornIsDamaged() {
        byte[] whole = LedgerFormat.write(ledger());
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        BucketStore store = store(half, half);
        assertThatThrownBy(store::ledgers)
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("truncated")
                .hasMessageContaining("remove it from the store");
    }
}
