package io.filejob.operator.observe;

import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.model.VolumeSpec;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Where the volumes of a pod may be, and where its own ones are. */
public final class PodVolumes {
    /** How the names of a pod's own volumes begin. */
    public static final String OWN = "filejob-";
    /** The folder that holds one folder a Secret. */
    public static final String SECRETS = "/etc/filejob/secrets";

    /** What a pod needs, and what a volume there would hide. */
    private static final List<Path> TAKEN = List.of(
            Path.of("/bin"),
            Path.of("/dev"),
            Path.of("/etc"),
            Path.of("/lib"),
            Path.of("/lib64"),
            Path.of("/opt/filejob"),
            Path.of("/proc"),
            Path.of("/run"),
            Path.of("/sys"),
            Path.of("/tmp"),
            Path.of("/usr"),
            Path.of("/var/run"));

    private PodVolumes() {}

    /** {@link JobFailure} if Kubernetes would refuse the volumes, or the workers not run with them. */
    static void check(FileJobSpec spec) {
        Set<String> names = new HashSet<>();
        Set<Path> paths = new HashSet<>();
        for (VolumeSpec volume : Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of())) {
            String field = "spec.volumes: " + volume.name() + ": ";
            Path path = Path.of(volume.mountPath()).normalize();
            if (!names.add(volume.name())) {
                throw refused(field + "two volumes have this name");
            }
            if (!paths.add(path)) {
                throw refused(field + "another volume is mounted at " + path + ", too");
            }
            if (volume.name().startsWith(OWN)) {
                throw refused(field + "names that begin with " + OWN + " are those of the pod's own volumes");
            }
            for (Path taken : TAKEN) {
                if (path.startsWith(taken) || taken.startsWith(path)) {
                    throw refused(field + "nothing can be mounted at " + path + ", since the pod needs " + taken
                            + ": use /data, for example");
                }
            }
        }
    }

    private static JobFailure refused(String message) {
        return new JobFailure(ExitCode.BAD_MANIFEST, message);
    }
}
