package io.filejob.cli;

import io.filejob.api.FileJobSpec;
import java.io.PrintWriter;
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
    IntConsumer redriven(FileJobSpec spec, PrintWriter err) {
        requireStore(spec);
        return slices -> err.println(
                slices == 0
                        ? "filejob: no finished slice has failures; only missing slices are processed"
                        : String.format(
                                "filejob: %,d %s with failures %s done again",
                                slices, slices == 1 ? "slice" : "slices", slices == 1 ? "is" : "are"));
    }
}
