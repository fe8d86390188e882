package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.file.UriScheme;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.LocalContent;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.DownloadName;
import io.filejob.service.job.ImageFileName;
import io.filejob.service.job.JoinedFiles;
import io.filejob.service.job.ResultPart;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PartNames;
import io.filejob.spec.images.CompressImagesSpec;
import io.filejob.status.Phase;
import io.filejob.value.FileLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/**
 * Finds the files that a complete job has written, on this machine or in object storage.
 *
 * @param job the job
 * @param base the folder of its relative locations
 * @param objects its objects
 */
record ResultFiles(FileJob job, Path base, JobObjects objects) {
    private static final String CSV = "text/csv";
    /** The maximum number of requests to object storage at once, for the files of one output. */
    private static final int MAX_REQUESTS = 16;

    /** Returns the output; several files as one. */
    Content output() throws IOException {
        List<String> uris = outputs();
        if (uris.size() == 1) {
            return content(uris.getFirst());
        }
        OutputSpec output = Objects.requireNonNull(job.spec().output());
        return JoinedFiles.of(name(Objects.requireNonNull(output.uri())), readable(uris), output.header());
    }

    private List<ReadableContent> readable(List<String> uris) {
        return uris.stream()
                .gather(Gatherers.mapConcurrent(MAX_REQUESTS, this::read))
                .toList();
    }

    private List<String> outputs() {
        requireComplete(job);
        OutputSpec output = job.spec().output();
        if (output == null || output.uri() == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the job has no output file; its result is in status.result");
        }
        String uri = output.uri();
        return IntStream.rangeClosed(1, output.parts())
                .mapToObj(part -> PartNames.ofPath(uri, part, output.parts()))
                .toList();
    }

    /** Returns the file of the output with {@code number}, from 1. */
    Content part(int number) {
        List<String> parts = outputs();
        if (number < 1 || number > parts.size()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the output has no part " + number + " (parts 1 to " + parts.size() + ")");
        }
        return content(parts.get(number - 1));
    }

    /** Returns the description of the files of the output. */
    List<ResultPart> parts() throws IOException {
        List<ResultPart> parts = new ArrayList<>();
        for (ReadableContent file : readable(outputs())) {
            parts.add(new ResultPart(parts.size() + 1, file.fileName(), file.size()));
        }
        return parts;
    }

    /** Returns the file of bad records. */
    Content rejects() {
        requireComplete(job);
        if (job.spec().rejects() == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the job has no file of bad records; set spec.rejects to have one");
        }
        return content(job.spec().rejects().uri());
    }

    /** Returns the image {@code file}. */
    Content image(String file) {
        CompressImagesSpec images = job.spec().operation().compressImages();
        ImageFileName name = ImageFileName.of(file);
        if (images == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no image " + file + " of this job");
        }
        requireComplete(job);
        String folder = images.to().uri();
        if (UriScheme.of(folder) == UriScheme.S3) {
            return objects.read(job, folder + (folder.endsWith("/") ? "" : "/") + file, name.mediaType());
        }
        Path path = FileLocation.of(folder).resolve(base).resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the image " + file + " no longer exists");
        }
        return new LocalContent(file, name.mediaType(), path);
    }

    /** Returns the flame graph that the last process of a job has left in its folder. */
    static LocalContent profile(String name, JobFolder folder) {
        if (!Files.isRegularFile(folder.profile())) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "the job has no profile; create it with the annotation " + ClusterNames.PROFILE
                            + " and wait until it has ended");
        }
        return new LocalContent(name + "-profile.html", "text/html", folder.profile());
    }

    private static void requireComplete(FileJob job) {
        Phase phase = job.status() == null ? null : job.status().phase();
        if (phase != Phase.COMPLETE) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    phase == Phase.FAILED
                            ? "the job has failed, so it has no result"
                            : "the job has not ended yet; ask again when its phase is Complete");
        }
    }

    private Content content(String uri) {
        return UriScheme.of(uri) == UriScheme.S3 ? objects.content(job, uri, CSV) : local(uri);
    }

    private ReadableContent read(String uri) {
        return UriScheme.of(uri) == UriScheme.S3 ? objects.read(job, uri, CSV) : local(uri);
    }

    private LocalContent local(String uri) {
        Path file = FileLocation.of(uri).resolve(base);
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the file " + uri + " no longer exists");
        }
        return new LocalContent(name(uri), CSV, file);
    }

    private static String name(String uri) {
        return UriScheme.of(uri) == UriScheme.S3
                ? DownloadName.of(uri)
                : String.valueOf(FileLocation.of(uri).resolve(Path.of("/")).getFileName());
    }
}
