package io.filejob.service.upload;

/**
 * A part that a client has sent to the storage.
 *
 * @param number its number, from 1
 * @param etag its entity tag, as the storage has returned it, with or without quotes
 */
public record SentPart(int number, String etag) {
    /** Returns an entity tag without quotes, which some clients remove. */
    static String bare(String etag) {
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }
}
