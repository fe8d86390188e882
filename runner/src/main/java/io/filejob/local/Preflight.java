package io.filejob.local;

import io.filejob.job.FileSlicing;
import io.filejob.job.Plan;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.op.Operations;
import io.filejob.storage.Places;
import java.nio.file.Files;
import java.nio.file.Path;

/** What would fail at the end is found out before the beginning. */
final class Preflight {
    private Preflight() {}

    static void check(FileJobSpec spec, Plan plan, Places places) {
        Operations.check(spec, plan.slicing(), places);
        if (spec.output() == null) {
            return;
        }
        Path output = places.file(spec.output().uri());
        if (plan.slicing() instanceof FileSlicing files
                && files.files().stream().anyMatch(file -> file.name().equals(output.toString()))) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.output.uri: " + output + " is one of the input files: name another place");
        }
        Path folder = output.resolveSibling(".").normalize();
        if (!Files.isDirectory(folder)) {
            throw new JobFailure(
                    ExitCode.NO_OUTPUT, "the output " + output + " cannot be written: there is no folder " + folder);
        }
        if (Files.isDirectory(output) || !Files.isWritable(folder)) {
            throw new JobFailure(
                    ExitCode.NO_OUTPUT,
                    "the output " + output + " cannot be written: "
                            + (Files.isDirectory(output) ? "it is a folder" : "permission denied in " + folder));
        }
    }
}
