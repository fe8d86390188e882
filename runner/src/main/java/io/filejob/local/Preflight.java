package io.filejob.local;

import io.filejob.job.FileSlicing;
import io.filejob.job.Plan;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.op.Operations;
import io.filejob.storage.Places;

/** What would fail at the end is found out before the beginning. */
final class Preflight {
    private Preflight() {}

    static void check(FileJobSpec spec, Plan plan, Places places) {
        Operations.check(spec, plan.slicing(), places);
        if (spec.output() == null) {
            return;
        }
        String output = places.target(spec.output().uri()).place();
        if (plan.slicing() instanceof FileSlicing files
                && files.files().stream().anyMatch(file -> file.name().equals(output))) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.output.uri: " + output + " is one of the input files: name another place");
        }
        places.checkTarget(spec.output().uri());
    }
}
