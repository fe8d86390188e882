package io.filejob.service.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incomplete upload whose parts its client sends to the storage, with URLs for some of its parts.
 *
 * @param id its identity, a UUID
 * @param name the name of the file as its owner calls it
 * @param bytes the size of the file in bytes
 * @param partBytes the size of all parts but the last one in bytes
 * @param partCount the number of parts
 * @param expiry the time after which it is aborted (RFC 3339)
 * @param urlExpiry the time until which the URLs are valid (RFC 3339)
 * @param parts consecutive parts
 * @param next the number of the last one of {@code parts}, if others follow; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MultipartState(
        String id,
        String name,
        long bytes,
        long partBytes,
        int partCount,
        String expiry,
        String urlExpiry,
        List<SignedPart> parts,
        @Nullable Integer next) {
    /**
     * A part and the URL to which it is sent.
     *
     * @param number its number, from 1
     * @param offset the offset of its first byte in the file
     * @param bytes its size in bytes
     * @param url the URL, for {@code PUT} with these bytes
     * @param etag the entity tag of the part, if it is stored; null otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SignedPart(
            int number,
            long offset,
            long bytes,
            String url,
            @Nullable String etag) {}
}
