package io.filejob.storage.local;

import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.ledger.DamagedLedgerException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LedgerFormat;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.storage.state.PollingPolicy;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.StateStore;
import io.filejob.storage.state.StoreNote;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Store that keeps the ledgers of one job in a folder, one file for each attempt of a worker, written by that attempt
 * alone. All failures are {@link JobFailedException}s with {@link ExitCode#STORE_LOST} that name the file. Safe to use from any
 * thread and from any number of processes on file systems with atomic renames.
 */
public final class DirectoryStore implements StateStore {
    private final Path folder;
    private final Path ledgers;
    private final Confines confines;
    private final StoreNote note;
    private final boolean durable;
    /** Parsed ledgers, so that each version is parsed once for all threads. */
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    private record Cached(BasicFileAttributes attributes, Ledger ledger) {
        boolean isStill(BasicFileAttributes now) {
            return now.size() == attributes.size()
                    && now.lastModifiedTime().equals(attributes.lastModifiedTime())
                    && java.util.Objects.equals(now.fileKey(), attributes.fileKey());
        }
    }

    private DirectoryStore(Path folder, Confines confines, StoreNote mine, boolean durable) {
        this.durable = durable;
        this.folder = folder;
        this.ledgers = folder.resolve("ledgers");
        this.confines = confines;
        this.note = claim(mine);
    }

    /** Opens the store of a run; creates it if it does not exist, and refuses it if it holds another job. */
    public static DirectoryStore ofRun(Path folder, Fingerprint fingerprint) {
        return ofRun(folder, Confines.NONE, fingerprint);
    }

    /** Opens the store as {@link #ofRun(Path, Fingerprint)} does; {@code folder} is a path without links. */
    static DirectoryStore ofRun(Path folder, Confines confines, Fingerprint fingerprint) {
        DirectoryStore store = new DirectoryStore(folder, confines, StoreNote.of(fingerprint), true);
        store.note.checkRun(fingerprint, folder.toString());
        return store;
    }

    /** Opens the store of a run that cannot be resumed; it may be lost if the machine crashes. */
    public static DirectoryStore temporary(Path folder, Fingerprint fingerprint) {
        return new DirectoryStore(folder, Confines.NONE, StoreNote.ofTemporary(fingerprint), false);
    }

    /**
     * Opens the store of a worker as {@link #ofRun} does, but reports different inputs as changed since the job was
     * planned.
     */
    public static DirectoryStore ofWorker(Path folder, Fingerprint fingerprint) {
        return ofWorker(folder, Confines.NONE, fingerprint);
    }

    /** Opens the store as {@link #ofWorker(Path, Fingerprint)} does; {@code folder} is a path without links. */
    static DirectoryStore ofWorker(Path folder, Confines confines, Fingerprint fingerprint) {
        DirectoryStore store = new DirectoryStore(folder, confines, StoreNote.of(fingerprint), true);
        store.note.checkWorker(fingerprint, folder.toString());
        return store;
    }

    /** Returns the note of the job that owns this store; writes {@code mine} if the store has none. */
    private StoreNote claim(StoreNote mine) {
        try (OpenFolder open = confines.create(folder, durable);
                OpenFolder openLedgers = confines.create(ledgers, durable)) {
            TemporaryFile.removeAbandoned(open);
            TemporaryFile.removeAbandoned(openLedgers);
            if (!open.has(StoreNote.NAME) || open.attributes(StoreNote.NAME).size() == 0) {
                AtomicFiles.create(open, StoreNote.NAME, mine.bytes());
            }
            return StoreNote.read(
                    open.read(StoreNote.NAME), folder.resolve(StoreNote.NAME).toString());
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the store " + folder + " cannot be used: " + reason(e), e);
        }
    }

    @Override
    public String job() {
        return note.id();
    }

    @Override
    public String fingerprint() {
        return note.job().combined();
    }

    @Override
    public Cut cut() {
        return note.job().cut();
    }

    /** Writes {@code ledger} as the interface says; in a temporary store the ledger is not durable. */
    @Override
    public void write(Ledger ledger) {
        String name = "worker-" + ledger.worker() + "-" + ledger.attempt();
        try (OpenFolder open = confines.open(ledgers)) {
            AtomicFiles.write(open, name, LedgerFormat.write(ledger), durable);
            // This process reads its own ledger, too, and would hold its results twice.
            cache.put(name, new Cached(open.attributes(name), ledger));
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the ledger " + ledgers.resolve(name) + " cannot be written: " + reason(e), e);
        }
    }

    @Override
    public List<Ledger> ledgers() {
        List<Ledger> all = new ArrayList<>();
        try (OpenFolder open = confines.open(ledgers);
                DirectoryStream<Path> files = open.entries()) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    all.add(ledger(open, name));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(OpenFolder.cause(e));
        } catch (IOException e) {
            throw unreadable(e);
        }
        return all;
    }

    private JobFailedException unreadable(IOException e) {
        return new JobFailedException(ExitCode.STORE_LOST, "the store " + folder + " cannot be read: " + reason(e), e);
    }

    /** Reads all new ledgers, so the result includes wrong starts. */
    @Override
    public ProgressSnapshot look(Plan plan, Ledger mine) {
        List<Ledger> all = ledgers();
        all.add(mine);
        return ProgressSnapshot.of(Coverage.of(plan, all), OptionalInt.empty());
    }

    @Override
    public PollingPolicy pollingPolicy() {
        return PollingPolicy.FOLDER;
    }

    private Ledger ledger(OpenFolder folder, String name) {
        try {
            BasicFileAttributes attributes = folder.attributes(name);
            Cached cached = cache.get(name);
            if (cached != null && cached.isStill(attributes)) {
                return cached.ledger();
            }
            Ledger ledger = LedgerFormat.read(folder.read(name));
            if (!ledger.fingerprint().equals(fingerprint())) {
                throw new DamagedLedgerException("it belongs to another job");
            }
            cache.put(name, new Cached(attributes, ledger));
            return ledger;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the ledger " + ledgers.resolve(name) + " cannot be used: " + reason(e)
                            + DamagedLedgerException.remedy(e),
                    e);
        }
    }

    private static @Nullable String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it is gone" : IoReason.of(e);
    }
}
