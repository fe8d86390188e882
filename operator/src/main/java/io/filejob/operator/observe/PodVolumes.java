package io.filejob.operator.observe;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.VolumeSpec;
import java.util.List;
import java.util.Objects;

/** The volumes that every worker pod has, independent of the FileJob. */
public final class PodVolumes {
    /** Prefix of their names. */
    public static final String OWN = "filejob-";

    private PodVolumes() {}

    /** Throws {@link JobFailedException} if a volume of the FileJob uses the reserved prefix. */
    static void check(FileJobSpec spec) {
        for (VolumeSpec volume : Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of())) {
            if (volume.name().startsWith(OWN)) {
                throw new JobFailedException(
                        ExitCode.BAD_MANIFEST,
                        "spec.volumes: " + volume.name() + ": names that begin with " + OWN
                                + " are reserved for the pods' own volumes: use another name");
            }
        }
    }
}
