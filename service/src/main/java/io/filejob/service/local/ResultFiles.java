package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.file.UriScheme;
import io.filejob.service.job.Content.LocalContent;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PartNames;
import io.filejob.status.Phase;
import io.filejob.value.FileLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the files that a complete job has written on this machine. */
final class ResultFiles {
    private static final String CSV = "text/csv";

    private ResultFiles() {}

    /** Returns the output of {@code job}, whose relative locations are below {@code base}. */
    static LocalContent output(FileJob job, Path base) {
        requireComplete(job);
        OutputSpec output = job.spec().output();
        if (output == null || output.uri() == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "the job has no output file; its result is in status.result");
        }
        if (output.parts() > 1) {
            PartNames names = new PartNames(output.uri(), output.parts());
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "the result has " + output.parts() + " files, " + names.of(1) + " to " + names.of(output.parts())
                            + "; for a download, set spec.output.parts to 1");
        }
        return content(output.uri(), base);
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
        @Nullable Path name = file.getFileName();
        if (name == null || !Files.isRegularFile(file)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the file " + uri + " no longer exists");
        }
        return new LocalContent(name.toString(), CSV, file);
    }
}
