package io.filejob.storage;

import io.filejob.job.Coverage;
import io.filejob.job.Cut;
import io.filejob.job.Fingerprint;
import io.filejob.job.Ledger;
import io.filejob.job.Plan;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ledgers of one job below a prefix of a bucket, one object for each attempt of a worker, laid out as
 * {@link DirectoryStore} lays them out in a folder. Reading them costs one listing and one request for each that is new.
 * Safe to use from any thread and by any number of processes.
 */
final class BucketStore implements StateStore {
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

    /** As {@link DirectoryStore#ofRun}; {@code ledgers} is a folder within {@code store}. */
    static BucketStore ofRun(S3Folder store, Folder ledgers, Fingerprint fingerprint) {
        BucketStore opened = new BucketStore(store, ledgers, fingerprint);
        opened.note.checkRun(fingerprint, store.place(""));
        return opened;
    }

    /** As {@link DirectoryStore#ofWorker}; {@code ledgers} is a folder within {@code store}. */
    static BucketStore ofWorker(S3Folder store, Folder ledgers, Fingerprint fingerprint) {
        BucketStore opened = new BucketStore(store, ledgers, fingerprint);
        opened.note.checkWorker(fingerprint, store.place(""));
        return opened;
    }

    /** Says whose this store is unless it says so already. */
    private StoreNote claim(Fingerprint mine) {
        try {
            Optional<byte[]> known = store.find(StoreNote.NAME);
            if (known.isEmpty()) {
                store.createOnce(StoreNote.NAME, StoreNote.of(mine).bytes());
                known = store.find(StoreNote.NAME);
            }
            return StoreNote.read(known.orElseThrow(() -> new IOException("it is gone")), store.place(StoreNote.NAME));
        } catch (IOException e) {
            throw new JobFailure(
                    ExitCode.STORE_LOST, "the store " + store.place("") + " cannot be used: " + e.getMessage(), e);
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
    public Pace pace() {
        return Pace.BUCKET;
    }

    @Override
    public void write(Ledger ledger) {
        put(ledgers, "worker-" + ledger.worker() + "-" + ledger.attempt(), LedgerFormat.write(ledger));
    }

    private static void put(Folder folder, String name, byte[] content) {
        try (WholeFile file = folder.create(name, WRITER)) {
            file.write(content, 0, content.length);
            file.commit();
        }
    }

    /**
     * Some services show, for a moment, what is being written under a name of its own: what is gone again was none, and
     * what is torn is looked at once more.
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
                // It may be a later one by now, and is read once more then.
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
                throw new JobFailure(
                        ExitCode.STORE_LOST,
                        "the ledger " + ledgers.place(name) + " cannot be used: " + IoReason.of(e),
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
            throw new IOException("it belongs to another job");
        }
        return Optional.of(ledger);
    }

    /** Reads whatever is new, and so knows of wrong starts too. */
    @Override
    public Look look(Plan plan, Ledger mine) {
        List<Ledger> all = ledgers();
        all.add(mine);
        return Look.of(Coverage.of(plan, all), OptionalInt.empty());
    }
}
