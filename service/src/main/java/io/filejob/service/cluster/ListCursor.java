package io.filejob.service.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list of the API server.
 *
 * @param version the resource version of the list's first chunk, which is read again exactly as it was
 * @param next the API server's token of the chunk; null for the first one
 * @param skip the number of jobs of the chunk that earlier pages have shown
 */
record ListCursor(@Nullable String version, @Nullable String next, int skip) {
    /** The beginning of a list. */
    static final ListCursor START = new ListCursor(null, null, 0);

    /** Returns the cursor as opaque text for URLs. */
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(this));
    }

    /** Parses {@code text}; null is the beginning of a list. */
    static ListCursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return Json.parse(json)
                    .filter(JsonNode::isObject)
                    .flatMap(tree -> Json.bindIfPossible(tree, ListCursor.class))
                    .filter(cursor -> cursor.skip >= 0)
                    .orElseThrow(ListCursor::malformed);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(
                ProblemType.BAD_REQUEST, "after: not a cursor of this service; use the next of the previous page");
    }

    /** Returns the beginning of the following chunk, if there is one. */
    static Optional<ListCursor> chunk(@Nullable String next) {
        return next == null || next.isEmpty() ? Optional.empty() : Optional.of(new ListCursor(null, next, 0));
    }
}
