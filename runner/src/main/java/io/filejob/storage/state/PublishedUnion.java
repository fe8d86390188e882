package io.filejob.storage.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.cluster.ClusterNames;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The union of the progress of all workers, as published by the operator. It counts as fresh for some seconds after a
 * change, measured by this worker's clock, so that clocks need not agree; only at the first look is the operator's own
 * time used. Safe to use from any thread.
 */
public final class PublishedUnion {
    private static final Duration FRESH = Duration.ofSeconds(6);

    private final Clock clock;
    private String publishedAt = "";
    private Instant seen = Instant.MIN;

    /** Creates a union that has not been seen yet; {@code clock} measures its age. */
    public PublishedUnion(Clock clock) {
        this.clock = clock;
    }

    /** Returns the published set in {@code metadata} if it exists and is fresh. */
    public synchronized Optional<String> fresh(JsonNode metadata) {
        JsonNode annotations = metadata.path("annotations");
        String done = annotations.path(ClusterNames.DONE).textValue();
        String at = annotations.path(ClusterNames.DONE_AT).textValue();
        if (done == null || at == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!at.equals(publishedAt)) {
            seen = publishedAt.isEmpty() ? earlier(now, at) : now;
            publishedAt = at;
        }
        return seen.plus(FRESH).isAfter(now) ? Optional.of(done) : Optional.empty();
    }

    private static Instant earlier(Instant now, String at) {
        try {
            Instant published = Instant.parse(at);
            return published.isBefore(now) ? published : now;
        } catch (DateTimeException e) {
            // Treat an unreadable time as the current one, since the publisher may still be active.
            return now;
        }
    }
}
