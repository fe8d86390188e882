package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Creates events about FileJobs. */
final class FileJobEvent {
    private static final String COMPONENT = "filejob-operator";

    private FileJobEvent() {}

    /** Returns an event about {@code job} at {@code now}, still without type, reason, action and message. */
    static EventBuilder of(FileJobResource job, Instant now, OperatorSettings settings) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName() + "." + UUID.randomUUID())
                .withNamespace(job.getMetadata().getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withNamespace(job.getMetadata().getNamespace())
                .withUid(job.getMetadata().getUid())
                .withResourceVersion(job.getMetadata().getResourceVersion())
                .endInvolvedObject()
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withReportingComponent(COMPONENT)
                .withReportingInstance(settings.podName().orElse(COMPONENT))
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource();
    }
}
