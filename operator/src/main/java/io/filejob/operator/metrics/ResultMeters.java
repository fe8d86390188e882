package io.filejob.operator.metrics;

import io.filejob.metrics.JobMetrics;
import io.filejob.status.AggregateResult;
import io.filejob.status.AverageResult;
import io.filejob.status.ImageCounts;
import io.filejob.status.ImagesResult;
import io.filejob.status.IngestResult;
import io.filejob.status.JobResult;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** Counts the images and table rows of complete jobs. Safe to use from any thread. */
final class ResultMeters {
    private final Counter images;
    private final Counter imageBytes;
    private final Counter tableRows;

    ResultMeters(CollectorRegistry registry) {
        images = Meters.counter(JobMetrics.IMAGES, registry);
        imageBytes = Meters.counter(JobMetrics.IMAGE_BYTES, registry);
        tableRows = Meters.counter(JobMetrics.TABLE_ROWS, registry);
    }

    /** Adds the result of a job in {@code namespace}. */
    void add(JobResult result, String namespace) {
        switch (result) {
            case ImagesResult compressed -> add(compressed.images(), namespace);
            case IngestResult loaded -> add(loaded, namespace);
            case AverageResult _, AggregateResult _ -> {
                return;
            }
        }
    }

    private void add(ImageCounts counts, String namespace) {
        images.labels(namespace, "compressed").inc((double) counts.compressed());
        images.labels(namespace, "kept").inc((double) counts.kept());
        images.labels(namespace, "failed").inc((double) counts.failed());
        imageBytes.labels(namespace, "in").inc((double) counts.bytesIn());
        imageBytes.labels(namespace, "out").inc((double) counts.bytesOut());
    }

    private void add(IngestResult loaded, String namespace) {
        tableRows.labels(namespace, "inserted").inc((double) loaded.inserted());
        tableRows.labels(namespace, "updated").inc((double) loaded.updated());
        tableRows.labels(namespace, "unchanged").inc((double) loaded.unchanged());
        tableRows.labels(namespace, "ignored").inc((double) loaded.ignored());
        tableRows.labels(namespace, "superseded").inc((double) loaded.superseded());
    }
}
