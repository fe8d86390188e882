package io.filejob.service.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored description of an upload.
 *
 * @param owner the name of the caller who created it
 * @param name the name of the file as its owner calls it
 * @param length the announced size in bytes; null if unknown
 * @param created the time of its creation
 * @param expiry the time after which it is deleted
 * @param digest the SHA-256 of all bytes; null until they have been received
 * @param multipart the identity of the multipart upload in an object storage; null in a folder
 * @param partBytes the size in bytes of all parts but the last one, if clients send them to the storage; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UploadNote(
        String owner,
        String name,
        @Nullable Long length,
        String created,
        String expiry,
        @Nullable String digest,
        @Nullable String multipart,
        @Nullable Long partBytes) {
    /** Returns the note of an upload without content that is created at {@code now}. */
    static UploadNote of(String owner, String name, @Nullable Long length, Instant now, Duration timeToLive) {
        return new UploadNote(
                owner, name, length, now.toString(), now.plus(timeToLive).toString(), null, null, null);
    }

    UploadNote withMultipart(String identity) {
        return new UploadNote(owner, name, length, created, expiry, digest, identity, partBytes);
    }

    UploadNote withPartBytes(long bytes) {
        return new UploadNote(owner, name, length, created, expiry, digest, multipart, bytes);
    }

    UploadNote withDigest(String sha256) {
        return new UploadNote(owner, name, length, created, expiry, sha256, multipart, partBytes);
    }

    UploadNote withExpiry(Instant time) {
        return new UploadNote(owner, name, length, created, time.toString(), digest, multipart, partBytes);
    }

    boolean isExpired(Instant now) {
        return Instant.parse(expiry).isBefore(now);
    }

    static Optional<UploadNote> read(String text) {
        return Json.parse(text).filter(JsonNode::isObject).flatMap(tree -> Json.bindIfPossible(tree, UploadNote.class));
    }

    /** Returns the upload with {@code bytes} bytes at {@code uri}. */
    Upload upload(String id, long bytes, boolean isComplete, String uri) {
        return new Upload(id, owner, name, length, bytes, isComplete ? digest : null, uri, created, expiry);
    }
}
