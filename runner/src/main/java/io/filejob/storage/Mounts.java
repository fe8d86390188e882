package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folders of this machine that stand in for volumes: what a spec names below a volume's mount path is looked up below the
 * folder, and keeps its name.
 */
public final class Mounts {
    /** None: all paths are what they say. */
    public static final Mounts NONE = new Mounts(Map.of());

    private final Map<Path, Path> folders;

    private Mounts(Map<Path, Path> folders) {
        this.folders = folders;
    }

    /** Those that {@code --mount PATH=FOLDER} options name; relative folders are below the current one. */
    public static Mounts of(List<String> options) {
        Map<Path, Path> folders = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (!option.startsWith("/") || equals < 0 || equals == option.length() - 1) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "--mount " + option + ": write PATH=FOLDER, PATH being a volume's mount path, such as"
                                + " /data=./plays");
            }
            Path path = Path.of(option.substring(0, equals)).normalize();
            Path folder = Path.of(option.substring(equals + 1)).toAbsolutePath().normalize();
            if (folders.put(path, folder) != null) {
                throw new JobFailure(ExitCode.USAGE, "--mount " + option + ": " + path + " is mounted twice");
            }
        }
        return new Mounts(folders);
    }

    /** As options again, with absolute folders. */
    public List<String> options() {
        return folders.entrySet().stream()
                .map(mount -> mount.getKey() + "=" + mount.getValue())
                .toList();
    }

    /** Where on this machine that is what a spec calls {@code path}, an absolute path. */
    Path local(Path path) {
        Path mount = mountOf(path);
        return mount == null
                ? path
                : folders.get(mount).resolve(mount.relativize(path)).normalize();
    }

    /** What a spec calls {@code path}, which {@link #local} gave for a path below the same mount as {@code entry}. */
    Path shown(Path path, Path entry) {
        Path mount = mountOf(entry);
        Path folder = mount == null ? path : folders.get(mount);
        return mount == null || !path.startsWith(folder) ? path : mount.resolve(folder.relativize(path));
    }

    /** The longest mount path that {@code path} is at or below. */
    private @Nullable Path mountOf(Path path) {
        Path found = null;
        for (Path mount : folders.keySet()) {
            if (path.startsWith(mount) && (found == null || mount.getNameCount() > found.getNameCount())) {
                found = mount;
            }
        }
        return found;
    }
}
