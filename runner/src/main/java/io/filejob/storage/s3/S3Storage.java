package io.filejob.storage.s3;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.spec.S3Spec;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.remote.ContentEncoding;
import io.filejob.storage.remote.ReadAheadSource;
import io.filejob.storage.remote.RemoteRetries;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Read access to an S3-compatible object storage. The SDK's classes are loaded when an instance is created. Safe to use
 * from any thread.
 */
public final class S3Storage implements AutoCloseable {
    private final S3Client client;

    /**
     * Creates a client, without a request. Throws {@link JobFailedException} if a Secret that {@code spec} names does not
     * exist; if {@code spec} is null, the environment determines region, endpoint and credentials.
     */
    public S3Storage(@Nullable S3Spec spec, Secrets secrets, S3Limits limits) {
        this.client = S3Settings.client(spec, secrets, limits);
    }

    /** Returns the client for other requests. */
    S3Client client() {
        return client;
    }

    /**
     * Checks that the bucket of {@code location} exists and is accessible; {@code code} is the exit code for a missing
     * bucket.
     */
    public void check(S3Location location, ExitCode code, String what) {
        try {
            client.headBucket(request -> request.bucket(location.bucket()));
        } catch (SdkException e) {
            throw S3Errors.isMissing(e)
                    ? new JobFailedException(code, what + ": there is no bucket " + location.bucket(), e)
                    : S3Errors.failure(e, code, what);
        }
    }

    /** Returns the current state of the object, if it exists; {@code code} is the exit code of a failed request. */
    Optional<InputFile> pin(S3Location location, ExitCode code) {
        try {
            HeadObjectResponse head = client.headObject(
                    request -> request.bucket(location.bucket()).key(location.key()));
            if (head.contentLength() == null || head.contentLength() < 0 || head.eTag() == null) {
                throw new JobFailedException(
                        code, location.uri() + " cannot be read: the service gives no size or no ETag for it");
            }
            return Optional.of(new InputFile(location.uri(), head.contentLength(), head.eTag()));
        } catch (SdkException e) {
            if (S3Errors.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Errors.failure(e, code, location.uri() + " cannot be read");
        }
    }

    /** Returns the listing of {@code prefix}; {@code code} is the exit code of a failed request. */
    S3Pages pages(S3Location prefix, ExitCode code) {
        return new S3Pages(client, prefix, code);
    }

    /**
     * Returns the content of a small object, if it exists; throws {@link JobFailedException} with {@code code} if it does
     * not fit a quarter of the heap.
     */
    Optional<byte[]> find(S3Location location, ExitCode code) {
        int limit = (int) Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / 4);
        try {
            byte[] content = client.getObject(
                    request -> request.bucket(location.bucket()).key(location.key()),
                    (response, body) -> all(body, limit));
            if (content.length > limit) {
                throw new JobFailedException(
                        code,
                        String.format(
                                Locale.ROOT,
                                "%s cannot be read: it has more than %,d bytes, a quarter of the heap",
                                location.uri(),
                                limit));
            }
            return Optional.of(content);
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, location.uri() + " cannot be read");
        }
    }

    /** Opens the content of {@code pinned}, an input. */
    public ByteSource open(InputFile pinned) {
        return open(
                pinned,
                ExitCode.NO_INPUT,
                (_, cause) -> new JobFailedException(
                        FailureReason.INPUT_CHANGED,
                        pinned.name() + ": changed since the job was planned: run the job again when"
                                + " it is no longer being written",
                        cause));
    }

    /** Creates the failure for an object that was replaced, or for a partial result that was deleted, while it is read. */
    @FunctionalInterface
    interface ObjectReplacement {
        /** Returns the failure; {@code message} names the object. */
        JobFailedException failure(String message, @Nullable Throwable cause);
    }

    /** Opens the content of {@code pinned}; {@code code} is the exit code of a failed request. */
    ByteSource open(InputFile pinned, ExitCode code, ObjectReplacement replacement) {
        S3Location location = S3Location.of(pinned.name());
        return new ReadAheadSource(
                pinned, (from, bytes, length) -> get(location, pinned, from, bytes, length, code, replacement));
    }

    private void get(
            S3Location location,
            InputFile pinned,
            long from,
            byte[] bytes,
            int length,
            ExitCode code,
            ObjectReplacement replacement) {
        try {
            client.getObject(
                    request -> request.bucket(location.bucket())
                            .key(location.key())
                            .ifMatch(pinned.version())
                            .range("bytes=" + from + "-" + (from + length - 1)),
                    (GetObjectResponse response, AbortableInputStream body) -> {
                        checkVersion(pinned, response.eTag(), replacement);
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
            boolean isGone = code == ExitCode.STORE_LOST && e instanceof NoSuchKeyException;
            throw isGone || S3Errors.isChanged(e)
                    ? changed(pinned, replacement, e)
                    : S3Errors.failure(e, code, pinned.name() + " cannot be read");
        }
    }

    private static JobFailedException changed(
            InputFile pinned, ObjectReplacement replacement, @Nullable SdkException cause) {
        return replacement.failure(pinned.name() + " was replaced or deleted while it was read", cause);
    }

    /** Refuses another version than the pinned one, which a service sends that ignores the condition of the request. */
    private static void checkVersion(InputFile pinned, @Nullable String version, ObjectReplacement replacement) {
        if (version != null && !bare(version).equals(bare(pinned.version()))) {
            throw changed(pinned, replacement, null);
        }
    }

    /** Returns an ETag without quotes, which some services leave out in listings. */
    private static String bare(String version) {
        return version.replace("\"", "");
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

    private static int fill(InputStream body, byte[] bytes, int length) {
        int read = retriable(() -> body.readNBytes(bytes, 0, length));
        if (read < length) {
            throw RetryableException.create("the service sent " + read + " bytes of " + length);
        }
        return read;
    }

    /** Returns the whole body, or more than {@code limit} bytes of it. */
    private static byte[] all(InputStream body, int limit) {
        return retriable(() -> body.readNBytes(limit + 1));
    }

    /** Reports a broken connection as an exception that the client retries. */
    private static <T> T retriable(RemoteRetries.Exchange<T> reading) {
        try {
            return reading.run();
        } catch (InterruptedIOException e) {
            throw AbortedException.create("interrupted", e);
        } catch (IOException e) {
            throw RetryableException.create("the response broke off", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
