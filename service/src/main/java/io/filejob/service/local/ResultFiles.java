package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.file.UriScheme;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.LocalContent;
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
import java.util.stream.IntStream;

/** Finds the files that a complete job has written on this machine. */
final class ResultFiles {
    private static final String CSV = "text/csv";

    private ResultFiles() {}

    /** Returns the output of {@code job}, with relative locations below {@code base}; several files as one. */
    static Content output(FileJob job, Path base) throws IOException {
        List<LocalContent> parts = parts(job, base);
        OutputSpec output = Objects.requireNonNull(job.spec().output());
        return parts.size() == 1
                ? parts.getFirst()
                : JoinedFiles.of(name(Objects.requireNonNull(output.uri())), parts, output.header());
    }

    /** Returns the files of the output of {@code job}. */
    static List<LocalContent> parts(FileJob job, Path base) {
        requireComplete(job);
        OutputSpec output = job.spec().output();
        if (output == null || output.uri() == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the job has no output file; its result is in status.result");
        }
        String uri = output.uri();
        return IntStream.rangeClosed(1, output.parts())
                .mapToObj(part -> content(PartNames.ofPath(uri, part, output.parts()), base))
                .toList();
    }

    /** Returns the file of the output of {@code job} with {@code number}, from 1. */
    static LocalContent part(FileJob job, Path base, int number) {
        List<LocalContent> parts = parts(job, base);
        if (number < 1 || number > parts.size()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the output has no part " + number + " (parts 1 to " + parts.size() + ")");
        }
        return parts.get(number - 1);
    }

    /** Returns the description of {@code files}, the parts of an output. */
    static List<ResultPart> list(List<LocalContent> files) throws IOException {
        List<ResultPart> parts = new ArrayList<>();
        for (LocalContent file : files) {
            parts.add(new ResultPart(parts.size() + 1, file.fileName(), file.size()));
        }
        return parts;
    }

    /** Returns the file of bad records of {@code job}. */
    static LocalContent rejects(FileJob job, Path base) {
        requireComplete(job);
        if (job.spec().rejects() == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the job has no file of bad records; set spec.rejects to have one");
        }
        return content(job.spec().rejects().uri(), base);
    }

    /** Returns the image {@code file} of {@code job}, with relative locations below {@code base}. */
    static LocalContent image(FileJob job, Path base, String file) {
        CompressImagesSpec images = job.spec().operation().compressImages();
        ImageFileName name = ImageFileName.of(file);
        if (images == null || UriScheme.of(images.to().uri()) != UriScheme.FILE) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "there is no image " + file + " of this job on this machine");
        }
        requireComplete(job);
        Path path = FileLocation.of(images.to().uri()).resolve(base).resolve(file);
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

    private static LocalContent content(String uri, Path base) {
        if (UriScheme.of(uri) != UriScheme.FILE) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the file is in object storage; download it from " + uri);
        }
        Path file = FileLocation.of(uri).resolve(base);
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the file " + uri + " no longer exists");
        }
        return new LocalContent(name(uri), CSV, file);
    }

    private static String name(String uri) {
        return String.valueOf(FileLocation.of(uri).resolve(Path.of("/")).getFileName());
    }
}
