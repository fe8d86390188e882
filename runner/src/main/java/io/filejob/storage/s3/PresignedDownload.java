package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Creates URLs with which a client without credentials can read an object for some time. */
public final class PresignedDownload {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private PresignedDownload() {}

    /**
     * Returns a URL that is valid for ten minutes, and under which the object is saved as {@code fileName}; sends no
     * request to the service. Throws {@link JobFailedException} if there are no credentials.
     *
     * @param uri the {@code s3:} URI of the object
     */
    public static URI of(String uri, String fileName, @Nullable S3Spec spec, Secrets secrets) {
        S3Location location = S3Location.of(uri);
        try (S3Presigner presigner = S3Settings.presigner(spec, secrets)) {
            return presigner
                    .presignGetObject(request -> request.signatureDuration(LIFE)
                            .getObjectRequest(object -> object.bucket(location.bucket())
                                    .key(location.key())
                                    .responseContentDisposition("attachment; filename=\"" + fileName + "\"")))
                    .url()
                    .toURI();
        } catch (SdkException | URISyntaxException e) {
            throw new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED, uri + ": no URL can be signed for it: " + e.getMessage(), e);
        }
    }
}
