package io.filejob.engine;

import io.filejob.csv.BadRecordSink;
import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.HeaderCheck;
import io.filejob.csv.OnBad;
import io.filejob.csv.RowReader;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requires that all files have the header of the first one. If columns are selected by position, only this check
 * distinguishes a header from the first row of a file without one, which would be lost. For one thread.
 */
public final class SameHeaders implements HeaderCheck {
    private static final int SHOWN = 100;

    private final FileSlicing slicing;
    private final Storage storage;
    private final CsvDialect dialect;
    private @Nullable FirstHeader first;

    private record FirstHeader(String file, List<String> names) {}

    /** Creates the check for the files of {@code slicing}. */
    public SameHeaders(FileSlicing slicing, Storage storage, CsvDialect dialect) {
        this.slicing = slicing;
        this.storage = storage;
        this.dialect = dialect;
    }

    @Override
    public void check(String file, List<String> names) {
        if (slicing.files().size() == 1) {
            return;
        }
        if (first == null) {
            first = first(file, names);
        }
        if (!first.names().equals(names)) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    file + ": its first record (" + show(names) + ") is not the header of " + first.file() + " ("
                            + show(first.names()) + "), and may be a row, since no column is picked by name: give all"
                            + " files one header, set header: false if they have none, or pick columns by name");
        }
    }

    /** Returns the header of the first file that has one; {@code names} is the header of {@code file}. */
    private FirstHeader first(String file, List<String> names) {
        RowReader reader = new RowReader(dialect, List.of(), OnBad.SKIP, BadRecordSink.NONE);
        for (InputFile candidate : slicing.files()) {
            if (candidate.name().equals(file)) {
                break;
            }
            try (ByteSource source = storage.open(candidate)) {
                List<String> found = reader.header(source);
                if (!found.isEmpty()) {
                    return new FirstHeader(candidate.name(), found);
                }
            } catch (IOException e) {
                throw InputCheck.unreadable(candidate, e);
            }
        }
        return new FirstHeader(file, names);
    }

    private static String show(List<String> names) {
        String all = String.join(",", names);
        return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "...";
    }
}
