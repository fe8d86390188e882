package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.operator.api.FileJobResource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The plans of FileJobs, made once for each version of a spec and a listing. Safe to use from any thread. */
final class Plans {
    /** By the UID of the FileJob. */
    private final Map<String, Known> jobs = new ConcurrentHashMap<>();

    private record Known(
            @Nullable Long generation,
            @Nullable String listing,
            @Nullable String cut,
            Observation.Planned planned) {}

    /** What {@link ClusterPlan} says. */
    Observation.Planned of(FileJobResource job, ClusterPlan.Pinned pinned) {
        ConfigMap listing = pinned.listing();
        Long generation = job.getMetadata().getGeneration();
        String version = listing == null ? null : listing.getMetadata().getResourceVersion();
        return jobs.compute(
                        job.getMetadata().getUid(),
                        (_, before) -> before != null
                                        && Objects.equals(before.generation(), generation)
                                        && Objects.equals(before.listing(), version)
                                        && Objects.equals(before.cut(), pinned.cutOfJob())
                                ? before
                                : new Known(generation, version, pinned.cutOfJob(), ClusterPlan.of(job, pinned)))
                .planned();
    }

    /** Of a job that is over nothing need be known. */
    void forget(String jobUid) {
        jobs.remove(jobUid);
    }
}
