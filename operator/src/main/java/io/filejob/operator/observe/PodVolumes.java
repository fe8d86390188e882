package io.filejob.operator.observe;

import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.model.VolumeSpec;
import java.util.List;
import java.util.Objects;

/** The volumes that pods have whatever a FileJob says. */
public final class PodVolumes {
    /** How their names begin. */
    public static final String OWN = "filejob-";
    /** The folder that holds one folder a Secret. */
    public static final String SECRETS = "/etc/filejob/secrets";

    private PodVolumes() {}

    /** {@link JobFailure} if a FileJob has one of the same name. */
    static void check(FileJobSpec spec) {
        for (VolumeSpec volume : Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of())) {
            if (volume.name().startsWith(OWN)) {
                throw new JobFailure(
                        ExitCode.BAD_MANIFEST,
                        "spec.volumes: " + volume.name() + ": names that begin with " + OWN
                                + " are those of the pods' own volumes: use another one");
            }
        }
    }
}
