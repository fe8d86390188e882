package io.filejob.operator.observe;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.VolumeSpec;
import io.filejob.value.FileLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that pods can reach the locations in a spec: the local files of a pod are deleted with it, so that inputs and
 * outputs must be on a volume or in a service. Looks only at the spec, not at storage. Not thread-safe.
 */
final class ReachableLocations {
    private static final Path ROOT = Path.of("/");

    private final List<Volume> volumes;
    private final List<String> problems = new ArrayList<>();

    private record Volume(String name, Path path, boolean readOnly) {
        static Volume of(VolumeSpec spec) {
            return new Volume(spec.name(), Path.of(spec.mountPath()).normalize(), spec.readOnly());
        }
    }

    private enum Use {
        READ,
        WRITE,
        KEEP
    }

    private ReachableLocations(FileJobSpec spec) {
        this.volumes = Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of()).stream()
                .map(Volume::of)
                .toList();
    }

    /** Throws {@link JobFailedException} that lists every location that pods cannot reach, with a remedy. */
    static void check(FileJobSpec spec) {
        ReachableLocations reach = new ReachableLocations(spec);
        List<String> files = Objects.requireNonNullElse(spec.input().files(), List.of());
        for (int i = 0; i < files.size(); i++) {
            reach.check("spec.input.files[" + i + "]", files.get(i), Use.READ);
        }
        if (spec.input().generate() != null && spec.input().generate().keep() != null) {
            reach.check(
                    "spec.input.generate.keep.uri",
                    spec.input().generate().keep().uri(),
                    Use.KEEP);
        }
        reach.check(
                "spec.output.uri", spec.output() == null ? null : spec.output().uri(), Use.WRITE);
        reach.check(
                "spec.rejects.uri",
                spec.rejects() == null ? null : spec.rejects().uri(),
                Use.WRITE);
        reach.check("spec.store.uri", spec.store() == null ? null : spec.store().uri(), Use.WRITE);
        if (!reach.problems.isEmpty()) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, String.join("; ", reach.problems));
        }
    }

    private void check(String field, @Nullable String place, Use use) {
        if (place == null) {
            return;
        }
        String start = place.toLowerCase(Locale.ROOT);
        if (start.startsWith("s3:")) {
            if (use == Use.KEEP) {
                problems.add(field + ": " + place + ": generated files can be kept on a volume only");
            }
        } else if (start.startsWith("http:") || start.startsWith("https:")) {
            if (use != Use.READ) {
                problems.add(field + ": " + place + " cannot be written to: name a file on a volume, or s3://");
            }
        } else {
            file(field, place, use);
        }
    }

    private void file(String field, String place, Use use) {
        FileLocation file = FileLocation.of(place);
        if (file.isRelative()) {
            problems.add(field + ": " + place + " is relative, but pods have no working folder: " + remedy());
            return;
        }
        Path path = file.resolve(ROOT);
        Optional<Volume> volume = volumes.stream()
                .filter(each -> path.startsWith(each.path()))
                .max(Comparator.comparingInt(each -> each.path().getNameCount()));
        if (volume.isEmpty()) {
            problems.add(field + ": " + place + " is not on a volume, and a pod's local files are deleted with it: "
                    + remedy());
        } else if (use != Use.READ && volume.get().readOnly()) {
            problems.add(
                    field + ": " + place + " is on the volume " + volume.get().name()
                            + ", which is readOnly: mount it without readOnly, or name a path on another volume");
        }
    }

    private String remedy() {
        return volumes.isEmpty()
                ? "mount a PersistentVolumeClaim with spec.volumes and name a file below its mountPath"
                : "name a file below the mountPath of one of spec.volumes ("
                        + String.join(
                                ", ",
                                volumes.stream()
                                        .map(each -> each.path().toString())
                                        .toList())
                        + ")";
    }
}
