package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.operator.api.FileJobResource;
import io.filejob.storage.BoundedGzip;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one job's ConfigMaps, of which the informers hold the metadata only. It is weighed, and a job that takes
 * more than a little waits for its turn. For one thread.
 */
final class Reading {
    private final FileJobResource job;
    private final KubernetesClient client;
    private final Turns turns;
    private final long limit;
    private long weight;

    Reading(FileJobResource job, KubernetesClient client, Turns turns, long limit) {
        this.job = job;
        this.client = client;
        this.turns = turns;
        this.limit = limit;
    }

    /** The whole ConfigMap, if it is there and this job's. */
    Optional<ConfigMap> fetch(ConfigMap metadata) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(job.getMetadata().getNamespace())
                        .withName(metadata.getMetadata().getName())
                        .get())
                .filter(map -> Owned.by(job, map));
    }

    /** What {@code key} of a ConfigMap holds, unpacked, if it is there. */
    Optional<byte[]> unpack(ConfigMap map, String key, int most) throws IOException {
        @Nullable
        String content = Objects.requireNonNullElse(map.getBinaryData(), Map.<String, String>of())
                .get(key);
        if (content == null) {
            return Optional.empty();
        }
        byte[] gzip;
        try {
            gzip = Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not base64", e);
        }
        Optional<byte[]> small = BoundedGzip.unpack(gzip, Footprint.SMALL);
        if (small.isEmpty()) {
            takeTurn();
            small = BoundedGzip.unpack(gzip, most);
        }
        if (small.isEmpty()) {
            throw new IOException("it unpacks to more than " + most + " bytes");
        }
        return small;
    }

    /** Counts what the job takes; waits for its turn if that is much, and fails if it is too much for this operator. */
    void weigh(long bytes) {
        weight += bytes;
        if (weight > Footprint.SMALL) {
            takeTurn();
        }
        if (weight > limit) {
            throw new JobFailure(
                    ExitCode.STORE_LOST,
                    String.format(
                            "PartialTooLarge: the ledgers of this job take more than the operator's memory allows"
                                    + " (limit %,d bytes); use fewer slices, spec.store for large results, or give the"
                                    + " operator more memory (the chart's resources.limits.memory)",
                            limit));
        }
    }

    private void takeTurn() {
        turns.take(job.getMetadata().getUid(), job.getMetadata().getNamespace());
    }
}
