package io.filejob.service.cluster;

import io.filejob.api.FileJob;
import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.JobFailedException;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.DownloadName;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.VolumeSpec;
import io.filejob.value.FileLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Reads files of a job on claims that this service does not mount, by a pod that the caller creates and that mounts the claim.
 *
 * @param pods the pods
 * @param token the token of the caller
 * @param job the job
 */
record ClaimReader(ReaderPods pods, String token, FileJob job) {
    private static final Path ROOT = Path.of("/");
    /** The maximum number of paths in one command, which is a part of a URL. */
    private static final int MAX_PATHS = 100;

    /** A file of a volume. */
    private record VolumePath(VolumeSpec volume, Path path) {
        String relative() {
            return Path.of(volume.mountPath()).relativize(path).toString();
        }
    }

    /** Returns the files at {@code uris}, all on one volume, each with {@code version}. Starts a pod. */
    List<StreamedContent> files(List<String> uris, String version) {
        List<VolumePath> paths = uris.stream().map(this::path).toList();
        List<Long> sizes = sizes(paths);
        List<StreamedContent> files = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            files.add(file(paths.get(i), sizes.get(i), version));
        }
        return files;
    }

    private List<Long> sizes(List<VolumePath> paths) {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < paths.size(); i += MAX_PATHS) {
            try (PartStream part = open(paths.subList(i, Math.min(paths.size(), i + MAX_PATHS)), 0, 0)) {
                sizes.addAll(part.sizes());
            }
        }
        return sizes;
    }

    /** Returns the file at {@code uri}, which must have {@code size} bytes. Starts no pod before the file is opened. */
    StreamedContent file(String uri, long size, String version) {
        return file(path(uri), size, version);
    }

    private StreamedContent file(VolumePath path, long size, String version) {
        String name = DownloadName.of(path.path().toString());
        return new StreamedContent(name, JobContents.mediaType(name), size, version, (offset, length) -> {
            PartStream part = open(List.of(path), offset, length);
            if (part.sizes().getFirst() != size) {
                part.close();
                throw new ProblemException(
                        ProblemType.NOT_FOUND,
                        path.path() + " has changed: it had " + size + " bytes and has "
                                + part.sizes().getFirst());
            }
            return part;
        });
    }

    private PartStream open(List<VolumePath> paths, long offset, long length) {
        VolumeSpec volume = paths.getFirst().volume();
        List<String> command = new ArrayList<>(PodEnvironment.COMMAND);
        command.addAll(List.of(PodEnvironment.READ_VOLUME, "--volume", volume.mountPath()));
        command.addAll(List.of("--from", Long.toString(offset), "--length", Long.toString(length), "--"));
        paths.forEach(path -> command.add(path.relative()));
        return PartStream.open(pods.begin(token, job, volume), command, paths.size(), length);
    }

    private VolumePath path(String uri) {
        try {
            Path path = FileLocation.of(uri).resolve(ROOT);
            return Objects.requireNonNullElse(job.spec().volumes(), List.<VolumeSpec>of()).stream()
                    .filter(volume -> path.startsWith(volume.mountPath()) && !path.equals(Path.of(volume.mountPath())))
                    .max(Comparator.comparingInt(
                            volume -> Path.of(volume.mountPath()).getNameCount()))
                    .map(volume -> new VolumePath(volume, path))
                    .orElseThrow(
                            () -> new ProblemException(ProblemType.NOT_FOUND, uri + " is not on a volume of the job"));
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }
}
