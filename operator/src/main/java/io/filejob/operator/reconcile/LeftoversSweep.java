package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.cluster.ClusterNames;
import io.filejob.manifest.ManifestReader;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.operator.dependent.CleaningJob;
import io.filejob.operator.dependent.WorkerJob;
import io.filejob.operator.health.LeaderTask;
import io.filejob.status.Phase;
import io.filejob.validation.InvalidManifestException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Cleans up after deleted FileJobs, and after failed ones once they cannot be redriven any more: one Job each, with a limited number of retries, and finally a warning
 * event if something may be left.
 */
@ApplicationScoped
public class LeftoversSweep implements LeaderTask {
    private static final Logger LOG = Logger.getLogger(LeftoversSweep.class);
    private static final String SINCE = "filejob.io/leftovers-since";
    /** Workers that have not ended by then are considered lost; if they come back, they notice that the job is over. */
    private static final Duration WORKERS_END = Duration.ofMinutes(2);
    /** Longer than a clean-up Job may take. */
    private static final Duration GIVE_UP = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final Clock clock;
    private final RedriveWindow redrive;

    LeftoversSweep(KubernetesClient client, OperatorSettings settings, Clock clock, RedriveWindow redrive) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.redrive = redrive;
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        for (ConfigMap record : records()) {
            try {
                attend(record);
            } catch (KubernetesClientException e) {
                LOG.warnf("cannot clean up for %s yet: %s", record.getMetadata().getName(), e.getMessage());
            }
        }
    }

    private List<ConfigMap> records() {
        return settings.watchNamespaces()
                .map(namespaces -> namespaces.stream()
                        .flatMap(namespace -> client
                                .configMaps()
                                .inNamespace(namespace)
                                .withLabel(ClusterNames.ROLE, Leftovers.ROLE)
                                .list()
                                .getItems()
                                .stream())
                        .toList())
                .orElseGet(() -> client.configMaps()
                        .inAnyNamespace()
                        .withLabel(ClusterNames.ROLE, Leftovers.ROLE)
                        .list()
                        .getItems());
    }

    private void attend(ConfigMap record) {
        FileJobResource job = job(record);
        FileJobResource now = client.resource(job).get();
        boolean exists = now != null
                && now.getMetadata().getUid().equals(job.getMetadata().getUid());
        if (exists && !Phases.isTerminal(now.getStatus())) {
            return;
        }
        if (exists && now.getStatus().phase() == Phase.COMPLETE) {
            client.resource(record).delete();
            return;
        }
        if (exists && redrive.left(now.getStatus()).isPresent()) {
            return;
        }
        Instant since = since(record);
        Job cleaning = client.batch()
                .v1()
                .jobs()
                .inNamespace(record.getMetadata().getNamespace())
                .withName(record.getMetadata().getName())
                .get();
        if (cleaning != null && WorkerJob.isFinished(cleaning)) {
            end(record, job, hasSucceeded(cleaning) ? "" : "the clean-up Job has failed");
        } else if (clock.instant().isAfter(since.plus(GIVE_UP))) {
            end(record, job, "the clean-up Job could not run");
        } else if (cleaning == null && (!hasWorkers(job) || clock.instant().isAfter(since.plus(WORKERS_END)))) {
            client.resource(CleaningJob.of(bound(job, record), record, settings))
                    .create();
        }
    }

    private static FileJobResource job(ConfigMap record) {
        FileJobResource job = new FileJobResource();
        job.setMetadata(new ObjectMetaBuilder()
                .withName(record.getMetadata().getAnnotations().get(ClusterNames.JOB_NAME))
                .withNamespace(record.getMetadata().getNamespace())
                .withUid(record.getMetadata().getLabels().get(ClusterNames.JOB_UID))
                .build());
        return job;
    }

    private static FileJobResource bound(FileJobResource job, ConfigMap record) {
        try {
            job.setSpec(
                    ManifestReader.read(Objects.requireNonNull(record.getData().get(ClusterNames.MANIFEST_KEY)))
                            .spec());
            return job;
        } catch (InvalidManifestException e) {
            throw new IllegalStateException(
                    "the manifest in " + record.getMetadata().getName(), e);
        }
    }

    private Instant since(ConfigMap record) {
        String known = record.getMetadata().getAnnotations().get(SINCE);
        if (known != null) {
            return Instant.parse(known);
        }
        Instant now = clock.instant();
        client.resource(record)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + SINCE + "\": \"" + now + "\"}}}");
        return now;
    }

    private boolean hasWorkers(FileJobResource job) {
        return client
                .pods()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel(ClusterNames.JOB_UID, job.getMetadata().getUid())
                .withLabel(ClusterNames.ROLE, ClusterNames.ROLE_WORKER)
                .list()
                .getItems()
                .stream()
                .anyMatch(pod -> !List.of("Succeeded", "Failed")
                        .contains(Objects.requireNonNullElse(pod.getStatus().getPhase(), "")));
    }

    private static boolean hasSucceeded(Job cleaning) {
        return cleaning.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Complete")
                        && condition.getStatus().equals("True"));
    }

    /** Deletes the record, and with it the clean-up Job; writes an event if {@code trouble} is not empty. */
    private void end(ConfigMap record, FileJobResource job, String trouble) {
        if (!trouble.isEmpty()) {
            tell(
                    job,
                    "tables that begin with filejob_ or files in spec.store may be left: " + trouble
                            + "; remove them with filejob cleanup");
        }
        client.resource(record).delete();
    }

    private void tell(FileJobResource job, String message) {
        client.v1()
                .events()
                .resource(FileJobEvent.of(job, clock.instant(), settings)
                        .withType("Warning")
                        .withReason("LeftoversNotRemoved")
                        .withAction("CleanUp")
                        .withMessage(message)
                        .build())
                .create();
    }
}
