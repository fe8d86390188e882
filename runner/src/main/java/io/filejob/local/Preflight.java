package io.filejob.local;

import io.filejob.job.FileSlicing;
import io.filejob.job.Plan;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.op.Operations;
import io.filejob.storage.Places;
import java.nio.file.Path;

/** What would fail at the end is found out before the beginning. */
final class Preflight {
    private Preflight() {}

    static void check(FileJobSpec spec, Plan plan, Places places, Path scratch) {
        Operations.check(spec, plan.slicing(), places, scratch);
        if (spec.output() == null) {
            return;
        }
        String output = spec.output().uri();
        if (plan.slicing() instanceof FileSlicing files
                && files.files().stream().anyMatch(file -> places.isAt(file, output))) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.output.uri: " + places.target(output).place()
                            + " is one of the input files: name another place");
        }
        places.checkTarget(output);
    }
}
