package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.log.EventLog;
import io.filejob.oneline.DelimiterName;
import io.filejob.operation.FoundDelimiter;
import io.filejob.spec.CsvFormat;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.List;

/** The delimiter of the first input file with records, for {@code --delimiter auto}. It becomes a part of the manifest. */
final class DetectedDelimiter {
    private DetectedDelimiter() {}

    /** Returns the delimiter of {@code entries} of format {@code csv}, relative to {@code base}, and tells it to {@code log}. */
    static String of(List<String> entries, CsvFormat csv, Path base, EventLog log) {
        if (entries.contains(StandardStreams.NAME)) {
            throw new JobFailedException(
                    ExitCode.USAGE, "--delimiter auto: standard input is read only once; name the delimiter");
        }
        try (Storage storage = new Storage(base)) {
            String found = Character.toString(FoundDelimiter.in(csv, storage.list(entries), storage::open));
            log.info("--delimiter auto: the fields are separated by " + DelimiterName.describe(found));
            return found;
        }
    }
}
