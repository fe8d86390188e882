package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.RedirectedContent;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.DownloadName;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedDownload;
import io.filejob.storage.s3.S3Limits;
import io.filejob.storage.s3.S3Object;
import io.filejob.storage.s3.S3Storage;
import java.nio.file.Path;

/**
 * Finds objects that jobs of this machine have written, with the Secrets and the environment that the jobs use, too.
 * Thread-safe.
 *
 * @param secrets the folder of Secrets
 * @param direct whether browsers reach object storage at the endpoints that jobs name, and download from it
 */
record JobObjects(Path secrets, boolean direct) {
    /** Returns the object at {@code uri}, by a URL for the client if it reaches the storage. */
    Content content(FileJob job, String uri, String mediaType) {
        if (!direct) {
            return read(job, uri, mediaType);
        }
        String name = DownloadName.of(uri);
        try {
            return new RedirectedContent(
                    name,
                    mediaType,
                    PresignedDownload.of(uri, name, job.spec().s3(), Secrets.in(secrets)),
                    () -> read(job, uri, mediaType));
        } catch (JobFailedException e) {
            throw unavailable(e);
        }
    }

    /** Returns the object at {@code uri} as this service reads it. */
    StreamedContent read(FileJob job, String uri, String mediaType) {
        try {
            // The client has no threads, and the JVM keeps its connections, so that it needs no end.
            S3Storage storage = new S3Storage(job.spec().s3(), Secrets.in(secrets), S3Limits.DEFAULT);
            S3Object object = S3Object.find(storage, uri)
                    .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, uri + " no longer exists"));
            return new StreamedContent(DownloadName.of(uri), mediaType, object.size(), object.version(), object::open);
        } catch (JobFailedException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(JobFailedException e) {
        return new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
}
