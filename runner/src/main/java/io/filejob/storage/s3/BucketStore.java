package io.filejob.storage.s3;

import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.IoReason;
import io.filejob.file.PendingFile;
import io.filejob.ledger.DamagedLedgerException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LedgerFormat;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.PollingPolicy;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.StateStore;
import io.filejob.storage.state.StoreNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Store that keeps the ledgers of one job below a prefix of a bucket, one object for each attempt of a worker, in the
 * layout that {@link DirectoryStore} uses in a folder. Reading them costs one listing and one request for each new
 * version. Safe to use from any thread and by any number of processes.
 */
public final class BucketStore implements StateStore {
    private static final String WRITER = "ledger";

    private final S3Folder store;
    private final Folder ledgers;
    private final String fingerprint;
    private final StoreNote note;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    private record Cached(String version, Ledger ledger) {}

    private BucketStore(S3Folder store, Folder ledgers, Fingerprint fingerprint) {
        this.store = store;
        this.ledgers = ledgers;
        this.note = claim(fingerprint);
        this.fingerprint = note.job().combined();
    }

    /**
     * Opens the store for a run, as {@link DirectoryStore#ofRun} does; {@code ledgers} is a folder within {@code
     * store}.
     */
    public static BucketStore ofRun(S3Folder store, Folder ledgers, Fingerprint fingerprint) {
        BucketStore opened = new BucketStore(store, ledgers, fingerprint);
        opened.note.checkRun(fingerprint, store.location(""));
        return opened;
    }

    /**
     * Opens the store for a worker, as {@link DirectoryStore#ofWorker} does; {@code ledgers} is a folder within {@code
     * store}.
     */
    public static BucketStore ofWorker(S3Folder store, Folder ledgers, Fingerprint fingerprint) {
        BucketStore opened = new BucketStore(store, ledgers, fingerprint);
        opened.note.checkWorker(fingerprint, store.location(""));
        return opened;
    }

    /** Returns the note of the job that owns this store; writes one for {@code mine} if the store has none. */
    private StoreNote claim(Fingerprint mine) {
        try {
            Optional<byte[]> known = store.find(StoreNote.NAME);
            if (known.isEmpty()) {
                store.createOnce(StoreNote.NAME, StoreNote.of(mine).bytes());
                known = store.find(StoreNote.NAME);
            }
            return StoreNote.read(
                    known.orElseThrow(() -> new IOException("it is gone")), store.location(StoreNote.NAME));
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the store " + store.location("") + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public String job() {
        return note.id();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Cut cut() {
        return note.job().cut();
    }

    @Override
    public PollingPolicy pollingPolicy() {
        return PollingPolicy.BUCKET;
    }

    @Override
    public void write(Ledger ledger) {
        put(ledgers, "worker-" + ledger.worker() + "-" + ledger.attempt(), LedgerFormat.write(ledger));
    }

    private static void put(Folder folder, String name, byte[] content) {
        try (PendingFile file = folder.create(name, WRITER)) {
            file.write(content, 0, content.length);
            file.commit();
        }
    }

    /**
     * Returns all ledgers. Some services briefly list an object under a temporary name while it is written: an object
     * that has vanished is skipped, and one that does not parse is read a second time.
     */
    @Override
    public List<Ledger> ledgers() {
        List<Ledger> all = new ArrayList<>();
        for (Folder.Entry entry : ledgers.list()) {
            Cached cached = cache.get(entry.name());
            if (cached != null && cached.version().equals(entry.version())) {
                all.add(cached.ledger());
                continue;
            }
            read(entry.name()).ifPresent(ledger -> {
                // The content may already be newer than the listed version, in which case the next listing causes
                // another read.
                cache.put(entry.name(), new Cached(entry.version(), ledger));
                all.add(ledger);
            });
        }
        return all;
    }

    private Optional<Ledger> read(String name) {
        try {
            return parse(name);
        } catch (IOException torn) {
            try {
                return parse(name);
            } catch (IOException e) {
                throw new JobFailedException(
                        ExitCode.STORE_LOST,
                        "the ledger " + ledgers.location(name) + " cannot be used: " + IoReason.of(e)
                                + DamagedLedgerException.remedy(e),
                        e);
            }
        }
    }

    private Optional<Ledger> parse(String name) throws IOException {
        Optional<byte[]> bytes = ledgers.find(name);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Ledger ledger = LedgerFormat.read(bytes.get());
        if (!ledger.fingerprint().equals(fingerprint)) {
            throw new DamagedLedgerException("it belongs to another job");
        }
        return Optional.of(ledger);
    }

    /** Reads all new ledgers, so the result includes wrong starts. */
    @Override
    public ProgressSnapshot look(Plan plan, Ledger mine) {
        List<Ledger> all = ledgers();
        all.add(mine);
        return ProgressSnapshot.of(Coverage.of(plan, all), OptionalInt.empty());
    }
}
