package io.filejob.engine;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.ledger.PublishedPartial;
import io.filejob.ledger.RefreshedTable;
import io.filejob.ledger.SliceResult;
import io.filejob.spec.OutputSpec;
import io.filejob.storage.Storage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the output of a job and its file of bad records to the locations that the spec names: the same bytes regardless
 * of the worker and the number of attempts. For one thread.
 */
public final class Publication {
    private final FileJobSpec spec;
    private final Storage storage;
    private final @Nullable Folder partials;
    private final String attempt;

    private Publication(FileJobSpec spec, Storage storage, @Nullable Folder partials, String attempt) {
        this.spec = spec;
        this.storage = storage;
        this.partials = partials;
        this.attempt = attempt;
    }

    /** Returns the publication of the job of {@code setup}. */
    public static Publication of(OperationSetup setup) {
        return new Publication(setup.spec(), setup.storage(), setup.partials(), setup.attempt());
    }

    /** Writes an output. */
    @FunctionalInterface
    public interface Writer {
        /** Writes the output to {@code files}, begins at least one of them, and returns how many rows it wrote. */
        Written write(OutputSpec output, OutputFiles files);
    }

    /**
     * The rows of an output.
     *
     * @param rows the number of rows without headers; null if rows are not counted
     * @param first the first rows, field by field; null for a missing value
     */
    public record Written(@Nullable Long rows, List<List<@Nullable String>> first) {
        /** An output whose rows are not counted. */
        public static final Written UNCOUNTED = new Written(null, List.of());
    }

    /**
     * Publishes the bad records and, if the spec names an output, the output that {@code writer} writes. The files become
     * visible when all are complete. Returns the result of slice {@code slice}.
     */
    public SliceResult publish(int slice, Coverage coverage, Writer writer) {
        OutputSpec output = spec.output();
        if (output == null) {
            return badRecords(slice, coverage, List.of());
        }
        rejects(coverage);
        try (OutputFiles files = new OutputFiles(output, storage, attempt)) {
            Written written = writer.write(output, files);
            files.commit();
            return SliceResult.later(
                    slice,
                    new PublishedPartial(
                            files.bytes(), files.digest(), written.rows(), written.first(), basis(coverage)));
        }
    }

    /** Writes an output and its bad records. */
    @FunctionalInterface
    public interface RecordWriter {
        /** Writes the output to {@code files}, begins one of them, and writes the bad records, if {@code rejects} is not null. */
        void write(OutputSpec output, OutputFiles files, @Nullable PendingFile rejects);
    }

    /**
     * Publishes the output of a job that has one, and its bad records, both of which {@code writer} writes. The files
     * become visible when all are complete. Returns the result of slice {@code slice}.
     */
    public SliceResult publishWithRejects(int slice, Coverage coverage, RecordWriter writer) {
        OutputSpec output = Objects.requireNonNull(spec.output());
        try (OutputFiles files = new OutputFiles(output, storage, attempt);
                PendingFile rejects = spec.rejects() == null
                        ? null
                        : RejectFile.begin(storage.target(spec.rejects().uri()), attempt)) {
            writer.write(output, files, rejects);
            if (rejects != null) {
                rejects.commit();
            }
            files.commit();
            return SliceResult.later(
                    slice, new PublishedPartial(files.bytes(), files.digest(), null, List.of(), basis(coverage)));
        }
    }

    /** Publishes the bad records only, for an operation that writes its result elsewhere: also to {@code tables}. */
    public SliceResult badRecords(int slice, Coverage coverage, List<RefreshedTable> tables) {
        rejects(coverage);
        List<List<@Nullable String>> first =
                tables.stream().map(RefreshedTable::fields).toList();
        return SliceResult.later(slice, new PublishedPartial(0, "", null, first, basis(coverage)));
    }

    private static String basis(Coverage coverage) {
        return coverage.basis(coverage.plan().stages().getLast());
    }

    private void rejects(Coverage coverage) {
        if (spec.rejects() != null) {
            new RejectFile(partials, coverage)
                    .write(storage.target(spec.rejects().uri()), attempt);
        }
    }
}
