package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The ledgers, pods and logs of a job's workers, as far as a client may read them. */
final class WorkerObjects {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String CONTAINER = "worker";
    private static final int MAX_LOG_BYTES = 1 << 20;

    private final KubernetesClient client;
    private final String namespace;
    private final String uid;
    private final OwnedConfigMaps configMaps;

    WorkerObjects(KubernetesClient client, FileJob job) {
        this.client = client;
        this.namespace = job.metadata().path("namespace").asText();
        this.uid = job.metadata().path("uid").asText();
        this.configMaps = new OwnedConfigMaps(client, job);
    }

    /** Returns the progress of all attempts with a ledger. Without the right to list pods, their states are unknown. */
    List<WorkerProgress> progress() {
        Map<String, Pod> pods = podsIfAllowed();
        List<WorkerProgress> all = new ArrayList<>();
        configMaps.forEach(ClusterNames.ROLE_LEDGER, ledger -> all.add(progress(ledger, pods)));
        all.sort(Comparator.comparingInt(WorkerProgress::index).thenComparing(WorkerProgress::attempt));
        return all;
    }

    private Map<String, Pod> podsIfAllowed() {
        try {
            return pods().stream()
                    .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Map.of();
            }
            throw e;
        }
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabels(Map.of(ClusterNames.JOB_UID, uid, ClusterNames.ROLE, ClusterNames.ROLE_WORKER))
                .list()
                .getItems();
    }

    private static WorkerProgress progress(ConfigMap map, Map<String, Pod> pods) {
        Map<String, String> annotations = map.getMetadata().getAnnotations();
        String attempt = annotations.getOrDefault(ClusterNames.ATTEMPT, "");
        String worker = annotations.getOrDefault(ClusterNames.WORKER, "0");
        PodState state = PodState.of(pods.get(attempt));
        int index = worker.matches("[0-9]{1,9}") ? Integer.parseInt(worker) : 0;
        String done = annotations.getOrDefault(ClusterNames.DONE, "");
        try {
            byte[] packed = Base64.getDecoder()
                    .decode(Objects.requireNonNullElse(map.getBinaryData(), Map.<String, String>of())
                            .getOrDefault(ClusterNames.LEDGER_KEY, ""));
            Ledger ledger = LedgerConfigMap.decode(packed);
            return new WorkerProgress(
                    index,
                    attempt,
                    done,
                    LedgerConfigMap.done(ledger).cardinality(),
                    ledger.results().stream()
                            .mapToLong(result -> result.rows().in())
                            .sum(),
                    ledger.results().stream().mapToLong(SliceResult::bytes).sum(),
                    state.text(),
                    state.message());
        } catch (IOException | IllegalArgumentException e) {
            return new WorkerProgress(
                    index, attempt, done, 0, 0, 0, state.text(), "the ledger cannot be read: " + e.getMessage());
        }
    }

    /** Returns the last lines of the newest pod of worker {@code index}. */
    List<String> log(int index, int lines) {
        Pod pod = pods().stream()
                .filter(each -> Integer.toString(index)
                        .equals(each.getMetadata().getLabels().get(INDEX)))
                .max(Comparator.comparing(each -> each.getMetadata().getCreationTimestamp()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "worker " + index + " has no pod; its log is kept as long as the pod"));
        String log = client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(CONTAINER)
                .limitBytes(MAX_LOG_BYTES)
                .tailingLines(lines)
                .getLog();
        return log.lines().toList();
    }
}
