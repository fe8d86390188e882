package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.remote.RemoteRetries;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads whole objects by one request each. */
public final class S3Download {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private S3Download() {}

    /** Reads an object; called again from the beginning if the connection breaks. */
    @FunctionalInterface
    public interface BodyReader<T> {
        /**
         * Returns a result when it has read enough.
         *
         * @param body the content
         * @param length its length, or -1 if unknown
         * @param encoding the Content-Encoding with which it is stored
         */
        T read(InputStream body, long length, @Nullable String encoding) throws IOException;
    }

    /**
     * Returns the result of {@code reader} for the object at {@code place}. Throws {@link ObjectRefusedException} if this
     * object cannot be read, and {@link JobFailedException} if the service fails.
     */
    public static <T> T read(S3Storage storage, S3Location place, BodyReader<T> reader) throws ObjectRefusedException {
        try {
            return storage.client()
                    .getObject(
                            request -> request.bucket(place.bucket()).key(place.key()),
                            (GetObjectResponse response, AbortableInputStream body) -> {
                                long length = response.contentLength() == null ? -1 : response.contentLength();
                                T result = attempt(() -> reader.read(body, length, response.contentEncoding()));
                                // Closing the body would read the rest.
                                body.abort();
                                return result;
                            });
        } catch (SdkException e) {
            throw failure(e, place);
        }
    }

    /** Reports a broken connection as an exception that the client retries. */
    private static <T> T attempt(RemoteRetries.Exchange<T> reading) {
        try {
            return reading.run();
        } catch (InterruptedIOException e) {
            throw AbortedException.create("interrupted", e);
        } catch (IOException e) {
            throw RetryableException.create("the response broke off", e);
        }
    }

    private static JobFailedException failure(SdkException e, S3Location place) throws ObjectRefusedException {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JobFailedException failure) {
                return failure;
            }
        }
        JobFailedException failure = S3Errors.failure(e, ExitCode.NO_INPUT, place.uri() + " cannot be read");
        String message = String.valueOf(failure.getMessage());
        if (S3Errors.isMissing(e)) {
            throw new ObjectRefusedException(ObjectRefusedException.ObjectRefusal.MISSING, message, e);
        }
        // A missing object without the right to list the bucket is refused in this way, too.
        if (e instanceof S3Exception refusal && S3Errors.isAccessDenied(refusal)) {
            throw new ObjectRefusedException(ObjectRefusedException.ObjectRefusal.FORBIDDEN, message, e);
        }
        boolean isOther = e instanceof S3Exception other
                && other.statusCode() >= BAD_REQUEST
                && other.statusCode() < SERVER_ERROR
                && other.statusCode() != TOO_MANY
                && failure.exitCode() == ExitCode.NO_INPUT;
        if (isOther) {
            throw new ObjectRefusedException(ObjectRefusedException.ObjectRefusal.INVALID, message, e);
        }
        return failure;
    }
}
