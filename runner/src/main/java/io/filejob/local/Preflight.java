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
        places.checkConfigMap(spec);
        Operations.check(spec, plan.slicing(), places, scratch);
        if (spec.output() != null && spec.output().uri() != null) {
            target("spec.output.uri", spec.output().uri(), plan, places);
        }
        if (spec.rejects() != null) {
            target("spec.rejects.uri", spec.rejects().uri(), plan, places);
        }
    }

    private static void target(String field, String uri, Plan plan, Places places) {
        if (plan.slicing() instanceof FileSlicing files
                && files.files().stream().anyMatch(file -> places.isAt(file, uri))) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    field + ": " + places.target(uri).place() + " is one of the input files: name another place");
        }
        places.checkTarget(uri);
    }
}
