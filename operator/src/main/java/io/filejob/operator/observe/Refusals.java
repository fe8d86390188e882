package io.filejob.operator.observe;

import io.filejob.operator.api.FileJobResource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the API server has refused at the last try, by FileJob. A new operator tries again and learns it anew. Safe to use
 * from any thread.
 */
final class Refusals {
    private final Map<String, Refused> byUid = new ConcurrentHashMap<>();

    /** The last try for {@code job} failed. */
    void put(FileJobResource job, Refused refused) {
        byUid.put(job.getMetadata().getUid(), refused);
    }

    /** The last try for {@code job} succeeded, or there will be no other. */
    void remove(FileJobResource job) {
        byUid.remove(job.getMetadata().getUid());
    }

    /** Forgets all jobs but these. */
    void retain(Set<String> uids) {
        byUid.keySet().retainAll(uids);
    }

    @Nullable
    Refused of(FileJobResource job) {
        return byUid.get(job.getMetadata().getUid());
    }
}
