package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.operator.api.RedriveRequest;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.status.StatusOf;
import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Prepares finished jobs for a redrive, in steps that an operator may repeat after a crash: a ledger marks the results
 * with failures, the job's ConfigMap records the request, and the finished Job is deleted. Then the status begins anew.
 * Safe to use from any thread.
 */
@ApplicationScoped
public class Redriving {
    private static final String SEPARATOR = "/";

    private final RedriveWindow window;
    private final StatusWriter status;

    Redriving(RedriveWindow window, StatusWriter status) {
        this.window = window;
        this.status = status;
    }

    /** Performs the next step, if there is one. Returns true if the observation is outdated by it. */
    boolean isUnderway(Observation seen, Context<FileJobResource> context) {
        Optional<String> request = RedriveRequest.of(seen.resource());
        if (request.isEmpty() || seen.canBeRedriven(request.get())) {
            return false;
        }
        Job child = seen.child();
        if (child != null && request.get().equals(seen.predecessors().redrive())) {
            // Any other Job is the new one, and the observed FileJob is outdated.
            if (child.getMetadata().getUid().equals(seen.predecessors().last())) {
                Replacing.delete(child, context.getClient());
            }
            return true;
        }
        return begin(seen, request.get(), context);
    }

    private boolean begin(Observation seen, String request, Context<FileJobResource> context) {
        Optional<Refusal> refusal = refusal(seen);
        if (refusal.isPresent()) {
            status.write(
                    seen.resource(),
                    StatusOf.refused(
                            seen, request, refusal.get().reason(), refusal.get().message()),
                    context);
            return true;
        }
        Coverage coverage = seen.coverage();
        if (coverage != null && !coverage.redriven().isEmpty()) {
            mark(seen, request, coverage.redriven(), context.getClient());
        }
        String child = seen.child() == null ? null : seen.child().getMetadata().getUid();
        // Items that have killed workers are tried again.
        Map<String, String> none = Map.of(ClusterNames.CRASHED, "");
        Replacing.write(seen, seen.predecessors().redriving(request, child), none, context.getClient());
        return true;
    }

    /** Why a request has no effect. */
    private record Refusal(String reason, String message) {}

    private Optional<Refusal> refusal(Observation seen) {
        FileJobStatus finished = Objects.requireNonNull(seen.resource().getStatus());
        if (!RedriveWindow.hasFailures(finished)) {
            return Optional.of(new Refusal("NothingFailed", "the job is complete, and no part of it has failed"));
        }
        boolean isKept =
                seen.predecessors().version() != null && (Phases.hasFailed(finished) || seen.coverage() != null);
        return isKept && window.left(finished).isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "ResultsRemoved",
                        "the partial results were removed " + window.seconds()
                                + " s after the end of the job; create a new FileJob"));
    }

    /** Creates a ledger that makes workers do the slices of {@code again} once more. Its name follows from the request. */
    private static void mark(Observation seen, String request, List<Loss> again, KubernetesClient client) {
        FileJobResource job = seen.resource();
        String fingerprint = seen.plan().fingerprint().combined();
        String attempt =
                Sha256.of(job.getMetadata().getUid() + SEPARATOR + request).replace("sha256:", "");
        byte[] packed = LedgerConfigMap.encode(new Ledger(fingerprint, 0, attempt, List.of(), again));
        ConfigMap ledger = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(ClusterNames.ledger(Names.base(job), 0, attempt))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(Names.labels(job, ClusterNames.ROLE_LEDGER))
                .withAnnotations(Map.of(
                        ClusterNames.WORKER,
                        "0",
                        ClusterNames.ATTEMPT,
                        attempt,
                        ClusterNames.FINGERPRINT,
                        fingerprint,
                        ClusterNames.DONE,
                        "",
                        ClusterNames.LOST,
                        Integer.toString(again.size())))
                .withOwnerReferences(Names.owner(job))
                .endMetadata()
                .addToBinaryData(ClusterNames.LEDGER_KEY, Base64.getEncoder().encodeToString(packed))
                .build();
        try {
            client.resource(ledger).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }
}
