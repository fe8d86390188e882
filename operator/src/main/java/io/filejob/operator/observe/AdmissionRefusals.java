package io.filejob.operator.observe;

import io.filejob.operator.api.FileJobResource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last rejection by the API server of each FileJob. It is not persisted: a restarted operator repeats the
 * attempt. Safe to use from any thread.
 */
final class AdmissionRefusals {
    private final Map<String, ApiRefusal> byUid = new ConcurrentHashMap<>();

    /** Records that the last attempt for {@code job} was rejected. */
    void put(FileJobResource job, ApiRefusal refused) {
        byUid.put(job.getMetadata().getUid(), refused);
    }

    /** Records that the last attempt for {@code job} succeeded, or that there will be no more. */
    void remove(FileJobResource job) {
        byUid.remove(job.getMetadata().getUid());
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        byUid.keySet().retainAll(uids);
    }

    @Nullable
    ApiRefusal of(FileJobResource job) {
        return byUid.get(job.getMetadata().getUid());
    }
}
