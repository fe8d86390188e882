package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.ledger.BoundedGzip;
import io.filejob.model.FailureReason;
import io.filejob.model.JobFailedException;
import io.filejob.operator.api.FileJobResource;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contents of one job's ConfigMaps, since the informers hold only their metadata. Content is weighed, and a
 * job that needs more than a little memory waits for its turn. Not thread-safe.
 */
final class LedgerReading {
    private final FileJobResource job;
    private final KubernetesClient client;
    private final Turns turns;
    private final long limit;
    private long weight;

    LedgerReading(FileJobResource job, KubernetesClient client, Turns turns, long limit) {
        this.job = job;
        this.client = client;
        this.turns = turns;
        this.limit = limit;
    }

    /** Returns the complete ConfigMap, if it exists and belongs to this job. */
    Optional<ConfigMap> fetch(ConfigMap metadata) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(job.getMetadata().getNamespace())
                        .withName(metadata.getMetadata().getName())
                        .get())
                .filter(map -> Ownership.by(job, map));
    }

    /**
     * Returns the unpacked content of {@code key}, empty if the key is missing. Throws {@link IOException} if the
     * content is invalid or larger than {@code most} bytes.
     */
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

    /**
     * Adds to the job's memory use, in bytes. Throws {@link PostponedException} if the job has to wait for its turn, and {@link
     * JobFailedException} if it exceeds this operator's limit.
     */
    void weigh(long bytes) {
        weight += bytes;
        if (weight > Footprint.SMALL) {
            takeTurn();
        }
        if (weight > limit) {
            throw new JobFailedException(
                    FailureReason.PARTIAL_TOO_LARGE,
                    String.format(
                            "the ledgers of this job take more than the operator's memory allows"
                                    + " (limit %,d bytes); use fewer slices, spec.store for large results, or give the"
                                    + " operator more memory (the chart's resources.limits.memory)",
                            limit));
        }
    }

    private void takeTurn() {
        turns.take(job.getMetadata().getUid(), job.getMetadata().getNamespace());
    }
}
