package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.BoundedGzip;
import io.filejob.operator.api.FileJobResource;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contents of one job's ConfigMaps, since the informers hold only their metadata. Content is weighed, and a
 * job that needs more than a little memory may have to wait for it. Not thread-safe.
 */
final class LedgerReading {
    /** Content is held in pieces and as a whole while it is unpacked. */
    private static final int COPIES = 2;

    private final FileJobResource job;
    private final KubernetesClient client;
    private final MemoryBudget budget;
    private final long limit;
    private long weight;

    LedgerReading(FileJobResource job, KubernetesClient client, MemoryBudget budget, long limit) {
        this.job = job;
        this.client = client;
        this.budget = budget;
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
        // Doubling keeps the share of a job small; the size stored in gzip cannot be trusted.
        int size = Footprint.SMALL;
        Optional<byte[]> unpacked = BoundedGzip.unpack(gzip, size);
        while (unpacked.isEmpty() && size < most) {
            size = Math.min(2 * size, most);
            take(weight + COPIES * (long) size);
            unpacked = BoundedGzip.unpack(gzip, size);
        }
        if (unpacked.isEmpty()) {
            throw new IOException("it unpacks to more than " + most + " bytes");
        }
        return unpacked;
    }

    /**
     * Adds to the job's memory use, in bytes. Throws {@link PostponedException} if the job has to wait for memory, and
     * {@link JobFailedException} if it exceeds this operator's limit.
     */
    void weigh(long bytes) {
        weight += bytes;
        if (weight > limit) {
            throw new JobFailedException(
                    FailureReason.PARTIAL_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "input listing and ledgers: too large for the operator's memory (%,d bytes, limit %,d);"
                                    + " use fewer files or slices, or spec.store, or a larger resources.limits.memory in"
                                    + " the chart",
                            weight,
                            limit));
        }
        take(weight);
    }

    private void take(long bytes) {
        if (bytes > Footprint.SMALL) {
            budget.take(job, bytes);
        }
    }
}
