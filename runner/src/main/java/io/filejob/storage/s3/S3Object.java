package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** An object in one of its versions, whose ranges are read as streams. Safe to use from any thread. */
public final class S3Object {
    private final S3Storage storage;
    private final S3Location location;
    private final InputFile pinned;

    private S3Object(S3Storage storage, S3Location location, InputFile pinned) {
        this.storage = storage;
        this.location = location;
        this.pinned = pinned;
    }

    /** Returns the current version of the object at {@code uri}, if it exists. */
    public static Optional<S3Object> find(S3Storage storage, String uri) {
        S3Location location = S3Location.of(uri);
        return storage.pin(location, ExitCode.NO_INPUT).map(pinned -> new S3Object(storage, location, pinned));
    }

    /** Returns the size in bytes. */
    public long size() {
        return pinned.size();
    }

    /** Returns the ETag. */
    public String version() {
        return pinned.version();
    }

    /**
     * Returns {@code length} bytes from {@code offset}; the caller closes the stream. Throws {@link IOException} if the
     * object has been replaced or the service refuses the request.
     */
    public InputStream open(long offset, long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        try {
            return storage.client().getObject(request -> request.bucket(location.bucket())
                    .key(location.key())
                    .ifMatch(pinned.version())
                    .range("bytes=" + offset + "-" + (offset + length - 1)));
        } catch (SdkException e) {
            JobFailedException failure = S3Errors.failure(e, ExitCode.NO_INPUT, location.uri() + " cannot be read");
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
