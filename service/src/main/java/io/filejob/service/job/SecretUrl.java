package io.filejob.service.job;

import io.filejob.api.FileJob;
import io.filejob.failure.JobFailedException;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedDownload;
import java.net.URI;

/** URLs of objects, signed with the Secret that a job names for its object storage. */
public final class SecretUrl {
    private static final String KEY = "AWS_ACCESS_KEY_ID";

    private SecretUrl() {}

    /**
     * Returns a URL of the object at {@code uri} that is valid for some minutes; sends no request to the storage.
     *
     * @throws ProblemException if {@code job} names no Secret for its object storage (403)
     * @throws JobFailedException if {@code secrets} does not have it, or not its keys
     */
    public static URI of(FileJob job, String uri, Secrets secrets) {
        S3Spec s3 = job.spec().s3();
        if (s3 == null || s3.credentialsSecret() == null) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    uri + " is in a bucket for which the job names no spec.s3.credentialsSecret; read it there");
        }
        // Without it, the URL would be signed with the credentials of this service.
        secrets.require(s3.credentialsSecret().name(), KEY);
        return PresignedDownload.of(uri, DownloadName.of(uri), s3, secrets);
    }
}
