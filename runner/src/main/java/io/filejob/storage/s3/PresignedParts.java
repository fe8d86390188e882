package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Creates URLs to which a client without credentials can send the parts of a multipart upload for some time. Sends no
 * request to the service. Thread-safe.
 *
 * @param access the service as clients reach it
 * @param secrets the Secret that {@code access} names, if it does
 * @param life how long a URL is valid, at most seven days
 */
public record PresignedParts(S3Spec access, Secrets secrets, Duration life) {
    /**
     * Returns the URL of each part, for {@code PUT} with exactly the size of the part; the service refuses another size.
     * Throws {@link JobFailedException} if there are no credentials.
     *
     * @param object the object that the parts become
     * @param upload the identity of the multipart upload
     * @param first the number of the first part, from 1
     * @param sizes the sizes of this part and the following ones, in bytes
     */
    public List<URI> urls(S3Location object, String upload, int first, List<Long> sizes) {
        List<URI> urls = new ArrayList<>();
        try (S3Presigner presigner = S3Settings.presigner(access, secrets)) {
            for (int i = 0; i < sizes.size(); i++) {
                int number = first + i;
                long bytes = sizes.get(i);
                urls.add(presigner
                        .presignUploadPart(request -> request.signatureDuration(life)
                                .uploadPartRequest(part -> part.bucket(object.bucket())
                                        .key(object.key())
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .contentLength(bytes)))
                        .url()
                        .toURI());
            }
            return urls;
        } catch (SdkException | URISyntaxException e) {
            throw new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED,
                    "s3://" + object.bucket() + "/" + object.key() + ": no URL can be signed for its parts: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Returns the origin of the URLs of objects in {@code bucket}, for example {@code https://files.example.com}. */
    public String origin(String bucket) {
        URI url = S3Settings.url(access, new S3Location(bucket, "object"));
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
