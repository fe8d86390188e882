package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.VolumeSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folders of this machine that stand in for volumes: a path below a volume's mount path is looked up below the folder,
 * and plans and messages keep the path of the spec.
 */
public final class Mounts {
    /** No mounts: all paths are used unchanged. */
    public static final Mounts NONE = new Mounts(List.of());

    private final List<Mount> all;

    /** A mapping from {@code path} in a spec to {@code folder} on this machine. */
    private record Mount(Path path, Path folder) {}

    private Mounts(List<Mount> all) {
        this.all = List.copyOf(all);
    }

    /** Parses {@code --mount PATH=FOLDER} options; relative folders are resolved against the current folder. */
    public static Mounts of(List<String> options) {
        List<Mount> all = new ArrayList<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (!option.startsWith("/") || equals < 0 || equals == option.length() - 1) {
                throw new JobFailedException(
                        ExitCode.USAGE,
                        "--mount " + option + ": write PATH=FOLDER, PATH being a volume's mount path, such as"
                                + " /data=./plays");
            }
            Path path = Path.of(option.substring(0, equals)).normalize();
            Path folder = Path.of(option.substring(equals + 1)).toAbsolutePath().normalize();
            if (all.stream().anyMatch(mount -> mount.path().equals(path))) {
                throw new JobFailedException(ExitCode.USAGE, "--mount " + option + ": " + path + " is mounted twice");
            }
            all.add(new Mount(path, folder));
        }
        return new Mounts(all);
    }

    /** Returns the mounts of a pod, where each volume is at its mount path. */
    public static Mounts ofVolumes(@Nullable List<VolumeSpec> volumes) {
        return new Mounts(Objects.requireNonNullElse(volumes, List.<VolumeSpec>of()).stream()
                .map(volume -> Path.of(volume.mountPath()).normalize())
                .map(path -> new Mount(path, path))
                .toList());
    }

    /** Returns the mounts as options, with absolute folders. */
    public List<String> options() {
        return all.stream().map(mount -> mount.path() + "=" + mount.folder()).toList();
    }

    /** Returns the path on this machine for {@code path}, an absolute path of a spec. */
    Path local(Path path) {
        return at(path).map(mount ->
                        mount.folder().resolve(mount.path().relativize(path)).normalize())
                .orElse(path);
    }

    /** Returns the limits for links below {@code path}, an absolute path of a spec. */
    Confines confines(Path path) {
        return at(path).map(mount -> new Confines(mount.folder(), mount.path().toString()))
                .orElse(Confines.NONE);
    }

    /**
     * Returns the path in the spec for {@code path}, a result of {@link #local} for a path below the same mount as
     * {@code entry}.
     */
    Path shown(Path path, Path entry) {
        return at(entry)
                .filter(mount -> path.startsWith(mount.folder()))
                .map(mount -> mount.path().resolve(mount.folder().relativize(path)))
                .orElse(path);
    }

    /** Returns the innermost mount that contains {@code path}. */
    private Optional<Mount> at(Path path) {
        return all.stream()
                .filter(mount -> path.startsWith(mount.path()))
                .max(Comparator.comparingInt(mount -> mount.path().getNameCount()));
    }
}
