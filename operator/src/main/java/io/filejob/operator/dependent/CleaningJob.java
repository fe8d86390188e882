package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;

/** A Job with one pod that runs {@code filejob cleanup}, with the workers' volumes and Secrets. */
public final class CleaningJob {
    /** The role of its pod. */
    public static final String ROLE = "cleanup";

    private static final int RETRIES = 3;
    /** Also limits a pod that cannot start, for example because a Secret has been deleted. */
    private static final long DEADLINE_SECONDS = 300;

    private CleaningJob() {}

    /**
     * Returns the clean-up Job of {@code job}, which may have been deleted. {@code record} contains the manifest and
     * owns the Job, which is therefore deleted with it.
     */
    public static Job of(FileJobResource job, ConfigMap record, OperatorSettings settings) {
        String name = record.getMetadata().getName();
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(record.getMetadata().getNamespace())
                .withLabels(Names.labels(job, ROLE))
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(name)
                .withUid(record.getMetadata().getUid())
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(RETRIES)
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withTemplate(PodTemplate.of(job, settings, ROLE, "cleanup", "--config-map", name))
                .endSpec()
                .build();
    }
}
