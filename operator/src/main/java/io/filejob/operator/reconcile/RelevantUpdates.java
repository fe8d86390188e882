package io.filejob.operator.reconcile;

import io.filejob.operator.api.CancelRequest;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.ProfileRequest;
import io.filejob.operator.api.RedriveRequest;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Selects the updates of FileJobs that lead to a reconciliation: of the spec, which changes the generation, of the
 * annotations that request a redrive, an end or a profile, and the beginning of a deletion. Others are the operator's own, of the
 * status. Safe to use from any thread.
 */
public final class RelevantUpdates implements OnUpdateFilter<FileJobResource> {
    @Override
    public boolean accept(FileJobResource now, FileJobResource before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || CancelRequest.isIn(now) != CancelRequest.isIn(before)
                || ProfileRequest.isIn(now) != ProfileRequest.isIn(before)
                || !Objects.equals(request(now), request(before));
    }

    private static @Nullable String request(FileJobResource job) {
        return Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(RedriveRequest.ANNOTATION);
    }
}
