package io.filejob.service.cluster;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.DownloadName;
import io.filejob.service.job.SecretUrl;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.local.Secrets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds files of jobs in storage: in the service's own bucket with its own credentials, in others with the Secret that
 * the job names, if the caller may read it. The service connects only to its own storage, since a job may name any
 * address.
 *
 * @param bucket the service's own bucket; null if it has none
 * @param claim the service's own claim; null if it has none
 */
record ServiceStorage(@Nullable OwnBucket bucket, @Nullable ClaimFiles claim) {
    /** Returns the object at {@code uri} that {@code job} has written. */
    Content object(FileJob job, String uri, Secrets secrets) {
        String name = DownloadName.of(uri);
        try {
            if (bucket != null && bucket.holds(uri, job.spec().s3())) {
                return bucket.content(uri, name);
            }
            return new Content.RedirectedContent(
                    name, JobContents.mediaType(name), SecretUrl.of(job, uri, secrets), null);
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the file at {@code uri}, a path in the pods of {@code job}, if it is on the service's claim. */
    Optional<StreamedContent> file(FileJob job, String uri, String version) {
        return claim == null ? Optional.empty() : claim.find(job, uri, version);
    }

    /** Returns the file or object at {@code uri}, if it is in the service's own bucket or on its claim. */
    Optional<StreamedContent> read(FileJob job, String uri, String version) {
        if (!uri.startsWith("s3:")) {
            return file(job, uri, version);
        }
        if (bucket == null || !bucket.holds(uri, job.spec().s3())) {
            return Optional.empty();
        }
        try {
            return Optional.of(bucket.read(uri, DownloadName.of(uri)));
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
