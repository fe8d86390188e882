package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.api.FileJobResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Plans one job, once for each version of its spec and of its listing. */
final class Plans {
    /** A manifest or a listing is held twice: as a JSON tree or lists, and as records. */
    private static final int FORMS = 2;

    private Plans() {}

    /**
     * Returns the result of {@link ClusterPlan}, from the cache if possible; {@code pinned} holds ConfigMaps without
     * their contents.
     */
    static Observation.Planned of(
            JobCache.CachedJob known, FileJobResource job, ClusterPlan.Pinned pinned, LedgerReading reading) {
        ConfigMap listing = pinned.listing();
        Long generation = job.getMetadata().getGeneration();
        String version = listing == null ? null : listing.getMetadata().getResourceVersion();
        JobCache.KnownPlan before = known.plan();
        if (before != null
                && Objects.equals(before.generation(), generation)
                && Objects.equals(before.listing(), version)
                && Objects.equals(before.cut(), pinned.cutOfJob())) {
            reading.weigh(before.weight());
            return before.planned();
        }
        long weight = FORMS * Footprint.of(Serialization.asJson(job.getSpec()).getBytes(StandardCharsets.UTF_8));
        reading.weigh(weight);
        ConfigMap whole = listing == null ? null : reading.fetch(listing).orElse(null);
        Observation.Planned planned;
        try {
            if (whole != null) {
                long listed = FORMS * weight(whole, reading);
                reading.weigh(listed);
                weight += listed;
            }
            planned = ClusterPlan.of(job, new ClusterPlan.Pinned(pinned.job(), whole));
        } catch (JobFailedException tooLarge) {
            planned = new Observation.Planned(
                    ClusterPlan.of(job, ClusterPlan.Pinned.NOTHING).manifest(), null, tooLarge);
        }
        // The version of a listing that has been deleted meanwhile is not remembered.
        known.plan(
                new JobCache.KnownPlan(generation, whole == null ? null : version, pinned.cutOfJob(), planned, weight));
        return planned;
    }

    private static long weight(ConfigMap listing, LedgerReading reading) {
        try {
            return reading.unpack(listing, ClusterNames.INPUTS_KEY, InputListingConfigMap.MAX_UNPACKED)
                    .map(Footprint::of)
                    .orElse(0L);
        } catch (IOException e) {
            // Decoding the plan reports the error.
            return 0;
        }
    }
}
