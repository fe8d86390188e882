package io.filejob.engine;

import io.filejob.csv.BadRecordSink;
import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldSyntax;
import io.filejob.csv.FileRange;
import io.filejob.csv.HeaderCheck;
import io.filejob.csv.OnBad;
import io.filejob.csv.RangeReader;
import io.filejob.csv.RowReader;
import io.filejob.csv.TextFormat;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.numeric.DecimalSum;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Checks the beginning of input files before any work is done, so that a misspelt column is reported at once. */
public final class InputCheck {
    /**
     * Maximum number of checked files, since more would take longer than the check saves; the rest are checked when
     * they are read.
     */
    private static final int FILES = 100;

    private InputCheck() {}

    /** Reads the first records of files of {@code format}; throws {@link JobFailedException} if one has another header. */
    public static void headers(FileSlicing slicing, Storage storage, TextFormat format) {
        RangeReader reader = new RangeReader(
                format, OnBad.SKIP, BadRecordSink.NONE, RangeReader.RECORD_LIMIT, check(slicing, storage, format));
        DecimalSum none = new DecimalSum();
        beginnings(slicing, storage, range -> reader.read(range, none));
    }

    /** Reads the first records of CSV files; throws {@link JobFailedException} if one lacks one of {@code columns}. */
    public static void headers(FileSlicing slicing, Storage storage, CsvDialect dialect, List<String> columns) {
        RowReader reader = new RowReader(
                dialect,
                columns,
                OnBad.SKIP,
                BadRecordSink.NONE,
                RangeReader.RECORD_LIMIT,
                new SameHeaders(slicing, storage, dialect),
                FieldSyntax.NONE);
        beginnings(slicing, storage, range -> reader.read(range, batch -> {}));
    }

    /** Returns the check of headers in files of {@code format}. */
    public static HeaderCheck check(FileSlicing slicing, Storage storage, TextFormat format) {
        return switch (format) {
            case TextFormat.Lines _ -> HeaderCheck.NONE;
            case TextFormat.Csv csv -> new SameHeaders(slicing, storage, csv.dialect());
        };
    }

    /** Returns the columns of the first file that has any. */
    public static List<String> columns(FileSlicing slicing, Storage storage, CsvDialect dialect) {
        RowReader reader = new RowReader(dialect, List.of(), OnBad.SKIP, BadRecordSink.NONE);
        for (InputFile file : slicing.files()) {
            try (ByteSource source = storage.open(file)) {
                List<String> columns = reader.columns(source);
                if (!columns.isEmpty()) {
                    return columns;
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return List.of();
    }

    /** Returns the failure for a {@code file} that cannot be read. */
    public static JobFailedException unreadable(InputFile file, IOException e) {
        return new JobFailedException(
                ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
    }

    private static void beginnings(FileSlicing slicing, Storage storage, Consumer<FileRange> read) {
        for (InputFile file : slicing.files().stream().limit(FILES).toList()) {
            try (ByteSource source = storage.open(file)) {
                read.accept(new FileRange(source, 0, 0, OptionalLong.of(0)));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
    }
}
