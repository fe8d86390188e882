package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.CrashedItems;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.SliceSetCodec;
import io.filejob.manifest.ManifestReader;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.operator.api.ProfileRequest;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Pruning;
import io.filejob.operator.observe.WorkerFailures;
import io.filejob.operator.status.ChildJob;
import io.filejob.operator.status.Decision;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The ConfigMap that the workers read: the job as a manifest and, in annotations, the current number of workers and,
 * for many workers, the union of their finished slices, so that they need not read one another's ledgers; also the items
 * of slices that have killed workers, and whether they record profiles.
 */
public final class WorkerConfigMap extends CRUDKubernetesDependentResource<ConfigMap, FileJobResource> {
    /** Below this number, workers read one another's ledgers directly. */
    private static final int MANY_WORKERS = 8;
    /** Minimum interval between two updates of the union of finished slices. */
    private static final Duration PACE = Duration.ofSeconds(2);
    /**
     * Maximum interval between two updates. Workers consider the union abandoned if it has not been written for 6 s.
     */
    private static final Duration REMINDER = Duration.ofSeconds(4);

    WorkerConfigMap() {
        super(ConfigMap.class);
    }

    @Override
    protected ConfigMap desired(FileJobResource job, Context<FileJobResource> context) {
        Observation seen = Decision.in(context).seen();
        Map<String, String> annotations = new HashMap<>();
        annotations.put(ClusterNames.WORKERS, job.getSpec().workers().toString());
        annotations.put(ClusterNames.PROTOCOL, Integer.toString(Cut.PROTOCOL));
        if (ProfileRequest.isIn(job)) {
            annotations.put(ClusterNames.PROFILE, ClusterNames.ON);
        }
        Plan plan = seen.planned().plan();
        if (plan != null) {
            annotations.put(ClusterNames.FINGERPRINT, plan.fingerprint().combined());
            annotations.put(ClusterNames.CUT, plan.fingerprint().cut().text());
        }
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(Names.base(job))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(Names.labels(job, ClusterNames.ROLE_JOB))
                .withAnnotations(annotations)
                .withOwnerReferences(Names.owner(job))
                .endMetadata()
                .addToData(ClusterNames.MANIFEST_KEY, ManifestReader.write(seen.manifest()))
                .build();
    }

    @Override
    public Matcher.Result<ConfigMap> match(
            ConfigMap actual, ConfigMap desired, FileJobResource job, Context<FileJobResource> context) {
        return Matcher.Result.computed(changes(actual, job, context).isEmpty(), desired);
    }

    @Override
    public ConfigMap update(
            ConfigMap actual, ConfigMap desired, FileJobResource job, Context<FileJobResource> context) {
        return context.getClient()
                .resource(actual)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", Map.of("annotations", changes(actual, job, context)))));
    }

    private static Map<String, String> changes(
            ConfigMap actual, FileJobResource job, Context<FileJobResource> context) {
        Map<String, String> changes = new HashMap<>();
        Map<String, String> annotations =
                Objects.requireNonNullElse(actual.getMetadata().getAnnotations(), Map.of());
        String workers = job.getSpec().workers().toString();
        if (!workers.equals(annotations.get(ClusterNames.WORKERS))) {
            changes.put(ClusterNames.WORKERS, workers);
        }
        String profile = ProfileRequest.isIn(job) ? ClusterNames.ON : "";
        if (!profile.equals(annotations.getOrDefault(ClusterNames.PROFILE, ""))) {
            changes.put(ClusterNames.PROFILE, profile);
        }
        Decision decision = Decision.in(context);
        Observation seen = decision.seen();
        String known = annotations.getOrDefault(ClusterNames.CRASHED, "");
        String crashed = new WorkerFailures(seen.pods())
                .crashedItems(CrashedItems.parse(known))
                .text();
        if (!crashed.equals(known) && !Phases.isTerminal(decision.status())) {
            changes.put(ClusterNames.CRASHED, crashed);
        }
        if (job.getSpec().workers() >= MANY_WORKERS && !Phases.isTerminal(decision.status())) {
            union(annotations, seen).ifPresent(done -> {
                changes.put(ClusterNames.DONE, done);
                changes.put(ClusterNames.DONE_AT, seen.now().toString());
            });
        }
        return changes;
    }

    /** Returns the encoded union of finished slices, if an update is due. */
    private static Optional<String> union(Map<String, String> annotations, Observation seen) {
        Coverage coverage = seen.coverage();
        if (coverage == null || ChildJob.ready(seen.child()) == 0) {
            return Optional.empty();
        }
        String done =
                SliceSetCodec.encode(done(coverage), seen.resource().getSpec().workers(), ClusterNames.MAX_DONE);
        boolean news = !Pruning.kept(done).equals(annotations.getOrDefault(ClusterNames.DONE, ""));
        String before = annotations.get(ClusterNames.DONE_AT);
        boolean due =
                before == null || !seen.now().isBefore(Instant.parse(before).plus(news ? PACE : REMINDER));
        return due ? Optional.of(done) : Optional.empty();
    }

    private static BitSet done(Coverage coverage) {
        BitSet done = new BitSet();
        done.set(0, coverage.plan().slices());
        done.andNot(coverage.missing());
        coverage.wrongStarts().keySet().forEach(done::clear);
        return done;
    }
}
