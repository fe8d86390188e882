package io.filejob.service.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload.
 *
 * @param id its identity, a UUID
 * @param owner the name of the caller who created it
 * @param name the name of the file as its owner calls it: a label, never a path
 * @param length the announced size in bytes; null if unknown
 * @param bytes the number of bytes received
 * @param digest the SHA-256 of all bytes, for example {@code sha256:9f86...}; null until the upload is complete
 * @param uri the location by which a job names it
 * @param created the time of its creation (RFC 3339)
 * @param expiry the time after which it is deleted, unless a job still reads it (RFC 3339)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Upload(
        String id,
        String owner,
        String name,
        @Nullable Long length,
        long bytes,
        @Nullable String digest,
        String uri,
        String created,
        String expiry) {
    /** Returns whether its time is over at {@code now}. */
    public boolean isExpired(Instant now) {
        return Instant.parse(expiry).isBefore(now);
    }

    /** Returns whether all bytes have been received. */
    public boolean isComplete() {
        return digest != null;
    }
}
