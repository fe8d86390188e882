package io.filejob.storage;

import io.filejob.job.InputFile;
import io.filejob.model.ExitCode;
import io.filejob.model.FailureReason;
import io.filejob.model.JobFailedException;
import io.filejob.model.S3Spec;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Read access to an S3-compatible object storage. The SDK's classes are loaded when an instance is created. Safe to use
 * from any thread.
 */
final class S3Storage implements AutoCloseable {
    private final S3Client client;

    S3Storage(@Nullable S3Spec spec, Secrets secrets) {
        this.client = S3Settings.client(spec, secrets);
    }

    /** Returns the client for other requests. */
    S3Client client() {
        return client;
    }

    /**
     * Checks that the bucket of {@code place} exists and is accessible; {@code code} is the exit code for a missing
     * bucket.
     */
    void check(S3Location place, ExitCode code, String what) {
        try {
            client.headBucket(request -> request.bucket(place.bucket()));
        } catch (SdkException e) {
            throw S3Errors.isMissing(e)
                    ? new JobFailedException(code, what + ": there is no bucket " + place.bucket(), e)
                    : S3Errors.failure(e, code, what);
        }
    }

    /** Returns the current state of the object, if it exists; {@code code} is the exit code of a failed request. */
    Optional<InputFile> pin(S3Location place, ExitCode code) {
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(place.bucket()).key(place.key()));
            if (head.contentLength() == null || head.eTag() == null) {
                throw new JobFailedException(
                        code, place.uri() + " cannot be read: the service gives no size or no ETag for it");
            }
            return Optional.of(new InputFile(place.uri(), head.contentLength(), head.eTag()));
        } catch (SdkException e) {
            if (S3Errors.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Errors.failure(e, code, place.uri() + " cannot be read");
        }
    }

    /**
     * Lists the objects with keys that begin with that of {@code prefix}; with {@code flat}, without keys that contain
     * a slash after it.
     */
    List<S3Object> list(S3Location prefix, boolean flat, ExitCode code) {
        List<S3Object> objects = new ArrayList<>();
        list(prefix, flat, code, page -> objects.addAll(page.contents()));
        return objects;
    }

    /**
     * Lists objects as {@link #list(S3Location, boolean, ExitCode)} does, page by page, so that only one page need be in
     * memory.
     */
    void list(S3Location prefix, boolean flat, ExitCode code, Consumer<ListObjectsV2Response> pages) {
        String token = null;
        try {
            do {
                ListObjectsV2Request request = ListObjectsV2Request.builder()
                        .bucket(prefix.bucket())
                        .prefix(prefix.key())
                        .delimiter(flat ? "/" : null)
                        .continuationToken(token)
                        .build();
                ListObjectsV2Response page = client.listObjectsV2(request);
                pages.accept(page);
                String next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
                if (next != null && next.equals(token)) {
                    throw new JobFailedException(
                            code, prefix.uri() + " cannot be listed: the service gives the same page again and again");
                }
                token = next;
            } while (token != null);
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, prefix.uri() + " cannot be listed");
        }
    }

    /** Aborts the unfinished uploads of killed writers below {@code prefix}; throws {@link SdkException} on failure. */
    void abortUploads(S3Location prefix) {
        client.listMultipartUploadsPaginator(
                        request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                .uploads()
                .forEach(upload -> client.abortMultipartUpload(request ->
                        request.bucket(prefix.bucket()).key(upload.key()).uploadId(upload.uploadId())));
    }

    /** Opens the content of {@code pinned}. */
    ByteSource open(InputFile pinned, ExitCode code) {
        S3Location place = S3Location.of(pinned.name());
        return new ReadAheadSource(pinned, (from, bytes, length) -> get(place, pinned, from, bytes, length, code));
    }

    private void get(S3Location place, InputFile pinned, long from, byte[] bytes, int length, ExitCode code) {
        try {
            client.getObject(
                    request -> request.bucket(place.bucket())
                            .key(place.key())
                            .ifMatch(pinned.version())
                            .range("bytes=" + from + "-" + (from + length - 1)),
                    (GetObjectResponse response, AbortableInputStream body) -> {
                        checkEncoding(pinned, response.contentEncoding(), code);
                        checkRange(pinned, response, from, code);
                        return fill(body, bytes, length);
                    });
        } catch (SdkException e) {
            // The client wraps the failures of the checks above.
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof JobFailedException failure) {
                    throw failure;
                }
            }
            throw S3Errors.isChanged(e)
                    ? new JobFailedException(
                            FailureReason.INPUT_CHANGED,
                            "" + pinned.name()
                                    + ": it is not what it was when the job was planned: run the job again when"
                                    + " nobody writes to it",
                            e)
                    : S3Errors.failure(e, code, pinned.name() + " cannot be read");
        }
    }

    private static void checkEncoding(InputFile pinned, @Nullable String encoding, ExitCode code) {
        if (encoding != null && ContentEncoding.isUnexpected(encoding, pinned.name())) {
            throw new JobFailedException(code, pinned.name() + " cannot be read: " + ContentEncoding.problem(encoding));
        }
    }

    /** Refuses other bytes than those from {@code from}, and an object that has another size than the pinned one. */
    private static void checkRange(InputFile pinned, GetObjectResponse response, long from, ExitCode code) {
        String range = response.contentRange();
        boolean isWhole =
                range == null && from == 0 && Long.valueOf(pinned.size()).equals(response.contentLength());
        if (!isWhole && (range == null || !range.matches("bytes " + from + "-[0-9]{1,18}/" + pinned.size()))) {
            throw new JobFailedException(
                    code,
                    pinned.name() + " cannot be read: the service sends another range than that from byte " + from
                            + " of " + pinned.size() + " (" + range + ")");
        }
    }

    /** Reads {@code length} bytes; reports a broken connection as an exception that the client retries. */
    private static int fill(InputStream body, byte[] bytes, int length) {
        try {
            int read = body.readNBytes(bytes, 0, length);
            if (read == length) {
                return read;
            }
            throw RetryableException.create("the service sent " + read + " bytes of " + length);
        } catch (InterruptedIOException e) {
            throw AbortedException.create("interrupted", e);
        } catch (IOException e) {
            throw RetryableException.create("the answer broke off", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
