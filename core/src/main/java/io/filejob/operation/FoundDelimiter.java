package io.filejob.operation;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.ByteSource;
import io.filejob.csv.DelimiterGuess;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.plan.Cut;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.FormatSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The delimiter of a job whose spec has {@code delimiter: auto}. It is found once, when the input is listed, and kept in
 * the plan's {@link Cut}, so that all slices and attempts are read with the same one.
 */
public final class FoundDelimiter {
    /** The delimiter of input without any records. */
    private static final char OF_NO_RECORDS = ',';

    private FoundDelimiter() {}

    /** Returns whether the delimiter of {@code spec} is found in the input. */
    static boolean isNeeded(FileJobSpec spec) {
        CsvFormat csv = csv(spec);
        return csv != null && csv.findsDelimiter();
    }

    /**
     * Returns the delimiter of the first file that has records. Throws {@link JobFailedException} if it is not clear, or
     * if the file cannot be read.
     */
    public static char in(CsvFormat csv, List<InputFile> files, Function<InputFile, ByteSource> open) {
        for (InputFile file : files) {
            try (ByteSource source = open.apply(file)) {
                Optional<Character> found = DelimiterGuess.of(csv, source);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new JobFailedException(
                        ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
            }
        }
        return OF_NO_RECORDS;
    }

    /** Returns {@code cut} with the delimiter of {@code files}, if {@code spec} needs it. */
    static Cut pinned(FileJobSpec spec, List<InputFile> files, Function<InputFile, ByteSource> open, Cut cut) {
        CsvFormat csv = csv(spec);
        return csv == null || !csv.findsDelimiter() ? cut : cut.withDelimiter(in(csv, files, open));
    }

    /** Returns {@code spec} for reading the input of {@code plan}. */
    public static FileJobSpec applied(FileJobSpec spec, Plan plan) {
        char found = plan.fingerprint().cut().delimiter();
        return found == 0 ? spec : spec.withFoundDelimiter(found);
    }

    private static @Nullable CsvFormat csv(FileJobSpec spec) {
        FormatSpec format = spec.input().format();
        return format == null ? null : format.csv();
    }
}
