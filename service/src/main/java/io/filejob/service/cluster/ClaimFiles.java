package io.filejob.service.cluster;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.LimitedStream;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.VolumeSpec;
import io.filejob.storage.local.VolumeFile;
import io.filejob.value.FileLocation;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of jobs on the claim that this service mounts, too. Links are not followed, so that a job cannot make the
 * service send other files of its pod.
 *
 * @param claim the name of the claim
 * @param namespace the namespace of the claim and of this service
 * @param folder the folder of this pod where it is mounted
 */
record ClaimFiles(String claim, String namespace, Path folder) {
    /** Returns the file that a job has written, if it is on the claim. */
    Optional<StreamedContent> find(FileJob job, String uri, String version) {
        if (!namespace.equals(job.metadata().path("namespace").asText())) {
            return Optional.empty();
        }
        Path path = path(uri);
        return Objects.requireNonNullElse(job.spec().volumes(), List.<VolumeSpec>of()).stream()
                .filter(volume -> volume.claimName().equals(claim) && path.startsWith(volume.mountPath()))
                .findFirst()
                .map(volume -> content(Path.of(volume.mountPath()).relativize(path), version));
    }

    private static Path path(String uri) {
        try {
            return FileLocation.of(uri).resolve(Path.of("/"));
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }

    private StreamedContent content(Path relative, String version) {
        String name = String.valueOf(relative.getFileName());
        try (FileChannel channel = open(relative)) {
            return new StreamedContent(name, JobContents.mediaType(name), channel.size(), version, (offset, length) -> {
                FileChannel opened = open(relative).position(offset);
                return new LimitedStream(Channels.newInputStream(opened), length);
            });
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, name + " on claim " + claim + " cannot be read: " + e.getMessage());
        }
    }

    private FileChannel open(Path relative) throws IOException {
        Path root = folder.toRealPath();
        return VolumeFile.open(root, root.resolve(relative));
    }
}
