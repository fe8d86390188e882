package io.filejob.engine.average;

import io.filejob.coverage.Coverage;
import io.filejob.csv.ByteSource;
import io.filejob.csv.FileRange;
import io.filejob.csv.OnBad;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RangeReader;
import io.filejob.csv.TextFormat;
import io.filejob.engine.Publication;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.SliceResult;
import io.filejob.numeric.DecimalSum;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.status.RowCounts;
import io.filejob.storage.Storage;
import io.filejob.storage.local.KeptFolder;
import io.filejob.storage.temporary.TemporaryFolder;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Averages generated files: writes each as a real file, reads it back like a user's file, and then deletes it or, if
 * generated files are kept, moves it atomically to its final path.
 */
final class GeneratedAverage implements SliceWork {
    private final GeneratedSlicing slicing;
    private final Publication publication;
    private final Path scratch;
    private final @Nullable KeptFolder keep;
    private final NumberFile numbers;
    private final RangeReader reader = new RangeReader(new TextFormat.Lines(), OnBad.FAIL);
    private final DecimalSum sum = new DecimalSum();
    private boolean ready;
    /** The file that is being written; it is deleted if it is not completed. */
    private @Nullable Path unfinished;

    /**
     * Creates the work; {@code scratch} belongs to this instance alone, whereas {@code keep} may be shared, also with
     * other processes.
     */
    GeneratedAverage(GeneratedSlicing slicing, Publication publication, Path scratch, @Nullable KeptFolder keep) {
        this.publication = publication;
        this.slicing = slicing;
        this.scratch = scratch;
        this.keep = keep;
        this.numbers = new NumberFile(slicing.generate());
    }

    @Override
    public SliceResult map(int slice, OptionalLong start) {
        prepare();
        sum.reset();
        long rows = 0;
        long bytes = 0;
        for (long file = slicing.begin(slice); file < slicing.end(slice); file++) {
            long size = keep == null ? pass(file) : keep(keep, file);
            rows += slicing.generate().entriesPerFile();
            bytes += size;
        }
        return SliceResult.builder(
                        slice,
                        slicing.begin(slice),
                        slicing.end(slice),
                        new AveragePartial(sum.total().toString(), sum.count()))
                .bytes(bytes)
                .rows(new RowCounts(rows, rows, 0))
                .build();
    }

    @Override
    public SliceResult publish(int slice, Coverage covered) {
        return FileAverage.publish(publication, slice, covered);
    }

    private long pass(long file) {
        Path path = scratch.resolve(slicing.source(file));
        unfinished = path;
        long size = write(path, file);
        try (ByteSource written = Storage.local(path)) {
            check(written);
        } catch (IOException e) {
            throw lost("the generated file " + path + " cannot be read", e);
        }
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw lost("the generated file " + path + " cannot be removed", e);
        }
        unfinished = null;
        return size;
    }

    private long keep(KeptFolder folder, long file) {
        String name = slicing.source(file);
        try {
            return folder.write(name, out -> numbers.writeTo(out, file), this::check);
        } catch (IOException e) {
            throw lost("the generated file " + folder.path().resolve(name) + " cannot be written", e);
        }
    }

    private void check(ByteSource written) {
        RangeOutcome outcome = reader.read(FileRange.whole(written), sum);
        if (outcome.failure() == null
                && outcome.rowsUsed() == slicing.generate().entriesPerFile()) {
            return;
        }
        throw new JobFailedException(
                ExitCode.STORE_LOST,
                "the generated file " + written.name()
                        + " differs from its content when written: scratch space is damaged, or another process writes there");
    }

    private void prepare() {
        if (ready) {
            return;
        }
        try {
            Files.createDirectories(scratch);
            if (keep != null) {
                keep.create();
            }
            ready = true;
        } catch (IOException e) {
            throw lost("a folder for generated files cannot be made", e);
        }
    }

    private long write(Path path, long file) {
        try (FileOutputStream out = new FileOutputStream(path.toString())) {
            return numbers.writeTo(out, file);
        } catch (IOException e) {
            throw lost("the generated file " + path + " cannot be written", e);
        }
    }

    private static JobFailedException lost(String what, IOException e) {
        return new JobFailedException(ExitCode.STORE_LOST, what + ": " + IoReason.of(e), e);
    }

    @Override
    public void close() {
        try {
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
            TemporaryFolder.remove(scratch);
        } catch (IOException e) {
            throw lost("the scratch folder " + scratch + " cannot be removed", e);
        }
    }
}
