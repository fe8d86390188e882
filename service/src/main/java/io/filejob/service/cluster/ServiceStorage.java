package io.filejob.service.cluster;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedDownload;
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
    private static final String KEY = "AWS_ACCESS_KEY_ID";

    /** Returns the object at {@code uri} that {@code job} has written. */
    Content object(FileJob job, String uri, Secrets secrets) {
        S3Spec s3 = job.spec().s3();
        String name = name(uri);
        try {
            if (bucket != null && bucket.holds(uri, s3)) {
                return bucket.content(uri, name);
            }
            if (s3 == null || s3.credentialsSecret() == null) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN,
                        uri + " is in a bucket for which the job names no spec.s3.credentialsSecret; read it there");
            }
            // A refusal is thrown as it is only before the SDK's calls.
            secrets.require(s3.credentialsSecret().name(), KEY);
            return new Content.RedirectedContent(
                    name, JobContents.mediaType(name), PresignedDownload.of(uri, name, s3, secrets));
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
            return Optional.of(bucket.read(uri, name(uri)));
        } catch (JobFailedException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the last segment, with only those characters that are harmless in headers and names of files. */
    static String name(String uri) {
        String name = uri.substring(uri.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() ? "result" : name;
    }
}
