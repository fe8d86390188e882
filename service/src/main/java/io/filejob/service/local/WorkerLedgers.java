package io.filejob.service.local;

import io.filejob.ledger.Ledger;
import io.filejob.ledger.LedgerFormat;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SliceSetCodec;
import io.filejob.service.job.WorkerProgress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the progress of workers from their ledgers. Thread-safe. */
final class WorkerLedgers {
    private static final int MAX_CACHED = 1000;
    private static final int MAX_SET = 8 << 10;

    /** The progress that a file shows, since a ledger may be large and is parsed once for each version. */
    private final Map<Path, SeenLedger> cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, SeenLedger> eldest) {
            return size() > MAX_CACHED;
        }
    });

    private record SeenLedger(FileTime modified, long size, WorkerProgress progress) {}

    /**
     * Returns the attempts of workers with a ledger in {@code store}, by index; the ones that have written it since {@code
     * running} are running, if that is not null.
     */
    List<WorkerProgress> progress(Path store, int workers, @Nullable Instant running) throws IOException {
        List<WorkerProgress> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(store.resolve("ledgers"))) {
            for (Path file : files) {
                if (!file.getFileName().toString().startsWith(JobFolder.HIDDEN)) {
                    SeenLedger ledger = read(file, workers);
                    boolean isRunning =
                            running != null && !ledger.modified().toInstant().isBefore(running);
                    all.add(inState(ledger.progress(), isRunning ? "Running" : "Ended"));
                }
            }
        } catch (NoSuchFileException e) {
            // The job has not begun, or a ledger has just been deleted.
            return List.copyOf(all);
        }
        all.sort(Comparator.comparingInt(WorkerProgress::index).thenComparing(WorkerProgress::attempt));
        return List.copyOf(all);
    }

    private SeenLedger read(Path file, int workers) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        SeenLedger known = cache.get(file);
        if (known != null && known.modified().equals(now.lastModifiedTime()) && known.size() == now.size()) {
            return known;
        }
        SeenLedger read = new SeenLedger(
                now.lastModifiedTime(), now.size(), summary(LedgerFormat.read(Files.readAllBytes(file)), workers));
        cache.put(file, read);
        return read;
    }

    private static WorkerProgress summary(Ledger ledger, int workers) {
        BitSet done = new BitSet();
        long rows = 0;
        long bytes = 0;
        for (SliceResult result : ledger.results()) {
            if (!done.get(result.slice())) {
                done.set(result.slice());
                rows += result.rows().in();
                bytes += result.bytes();
            }
        }
        return new WorkerProgress(
                ledger.worker(),
                ledger.attempt(),
                SliceSetCodec.encode(done, workers, MAX_SET),
                done.cardinality(),
                rows,
                bytes,
                null,
                null);
    }

    private static WorkerProgress inState(WorkerProgress progress, String state) {
        return new WorkerProgress(
                progress.index(),
                progress.attempt(),
                progress.done(),
                progress.slices(),
                progress.rows(),
                progress.bytes(),
                state,
                null);
    }
}
