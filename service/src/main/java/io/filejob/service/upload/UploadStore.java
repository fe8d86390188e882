package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.storage.Storage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uploaded files. All methods may block and are safe to call from several threads. An upload without all of its bytes is
 * never at the location that jobs read.
 */
public interface UploadStore {
    /** Creates an upload without content; {@code id} is a UUID that no other upload has. */
    Upload create(String id, String owner, String name, @Nullable Long length);

    /** Returns an upload, if it exists. */
    Optional<Upload> find(String id);

    /**
     * Opens an incomplete upload for writing from {@code offset}. Throws {@link ProblemException}: 409 if it has another
     * number of bytes or is complete, 423 if it is open already.
     */
    UploadWriter open(String id, long offset);

    /** Deletes an upload and its stored bytes, if it exists; fails (423) while it is open. */
    void delete(String id);

    /** Lets a complete upload expire one time to live from now; does nothing if there is none of this identity. */
    void renew(String id);

    /** Deletes an upload that has expired at {@code now}, unless it has been renewed; fails (423) while it is open. */
    void deleteExpired(String id, Instant now);

    /** Returns the owner of an upload that this process has deleted after its expiry, if it was one of the last ones. */
    Optional<String> ownerOfExpired(String id);

    /** Returns all uploads. */
    List<Upload> list();

    /** Returns the uploads whose parts clients send to the storage themselves; empty if they do not reach it. */
    default Optional<MultipartUploads> multipart() {
        return Optional.empty();
    }

    /** Opens the storage that can read the locations of uploads; the caller closes it. */
    Storage storage();
}
