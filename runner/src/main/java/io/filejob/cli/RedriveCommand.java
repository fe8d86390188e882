package io.filejob.cli;

import io.filejob.api.FileJobSpec;
import io.filejob.log.EventLog;
import java.util.Locale;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;

/** {@code filejob redrive}. */
@Command(
        name = "redrive",
        description =
                "Does again the part of a job that failed, and only that: the missing slices of a failed job, or the failed images of"
                        + " a complete one. Needs the store of the earlier run.")
final class RedriveCommand extends RunCommand {
    @Override
    IntConsumer redriven(FileJobSpec spec, EventLog log) {
        requireStore(spec);
        return slices -> log.info(
                slices == 0
                        ? "no finished slice has failures; only missing slices are processed"
                        : String.format(
                                Locale.ROOT,
                                "%,d %s with failures %s done again",
                                slices,
                                slices == 1 ? "slice" : "slices",
                                slices == 1 ? "is" : "are"));
    }
}
