package io.filejob.storage.configmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.CrashedItems;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.cluster.WorkerReport;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceSetCodec;
import io.filejob.metrics.WorkCounters;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.storage.state.PollingPolicy;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.PublishedUnion;
import io.filejob.storage.state.StateStore;
import io.filejob.time.Waits;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Store that keeps the ledgers of one job as ConfigMaps, one for each attempt of a worker. Their annotations list the
 * finished slices, so a look at the progress needs their metadata only. If there are many workers, the operator
 * publishes the union in the job's own ConfigMap, and a look needs one object. Fails as {@link
 * io.filejob.kubernetes.ApiServer} does. Safe to use from any thread.
 */
public final class ConfigMapStore implements StateStore {
    private final ConfigMaps configMaps;
    private final JobConfigMap job;
    private final String fingerprint;
    private final Cut cut;
    private final PublishedUnion union;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();
    private volatile int workers;
    private volatile CrashedItems crashed = CrashedItems.NONE;
    private volatile Runnable profiling = () -> {};

    private record Cached(String version, Ledger ledger) {}

    /** Creates the store of {@code job} for a plan with this {@code fingerprint}. */
    public ConfigMapStore(ConfigMaps configMaps, JobConfigMap job, Fingerprint fingerprint, Clock clock) {
        this.configMaps = configMaps;
        this.job = job;
        this.fingerprint = fingerprint.combined();
        this.cut = fingerprint.cut();
        this.union = new PublishedUnion(clock);
        this.workers = job.workers();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Cut cut() {
        return cut;
    }

    @Override
    public String job() {
        return job.uid();
    }

    @Override
    public PollingPolicy pollingPolicy() {
        return PollingPolicy.ofCluster(workers);
    }

    @Override
    public void write(Ledger ledger) {
        String name = ClusterNames.ledger(job.name(), ledger.worker(), ledger.attempt());
        byte[] packed = LedgerConfigMap.encode(ledger);
        WorkCounters.ofProcess().ledger(packed.length);
        ObjectNode configMap = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .set("metadata", metadata(name, ledger));
        configMap.putObject("binaryData").put(ClusterNames.LEDGER_KEY, packed);
        if (!configMaps.write(name, configMap)) {
            throw LedgerConfigMap.tooLarge(ledger, packed.length);
        }
    }

    private ObjectNode metadata(String name, Ledger ledger) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("name", name);
        metadata.putObject("labels")
                .put(ClusterNames.MANAGED_BY, ClusterNames.OPERATOR)
                .put(ClusterNames.JOB_UID, job.uid())
                .put(ClusterNames.ROLE, ClusterNames.ROLE_LEDGER);
        ObjectNode annotations = metadata.putObject("annotations")
                .put(ClusterNames.WORKER, Integer.toString(ledger.worker()))
                .put(ClusterNames.ATTEMPT, ledger.attempt())
                .put(ClusterNames.FINGERPRINT, ledger.fingerprint())
                .put(
                        ClusterNames.DONE,
                        SliceSetCodec.encode(LedgerConfigMap.done(ledger), workers, ClusterNames.MAX_DONE));
        annotations.put(
                ClusterNames.REPORT, WorkerReport.of(WorkCounters.ofProcess()).text());
        LedgerConfigMap.failed(ledger)
                .ifPresent(slice -> annotations.put(ClusterNames.FAILED, Integer.toString(slice)));
        if (!ledger.losses().isEmpty()) {
            annotations.put(ClusterNames.LOST, Integer.toString(ledger.losses().size()));
        }
        String waits = Waits.summary();
        if (!waits.isEmpty()) {
            annotations.put(ClusterNames.WAITS, waits);
        }
        metadata.set("ownerReferences", job.owners());
        return metadata;
    }

    @Override
    public ProgressSnapshot look(Plan plan, Ledger mine) {
        // The operator restores a missing ConfigMap, and if the job was deleted, Kubernetes deletes its pods too.
        JsonNode metadata = configMaps.metadata(job.name()).orElse(MissingNode.getInstance());
        OptionalInt now = JobConfigMap.workers(job.name(), metadata);
        now.ifPresent(w -> workers = w);
        crashed = CrashedItems.parse(
                metadata.path("annotations").path(ClusterNames.CRASHED).textValue());
        if (ClusterNames.ON.equals(
                metadata.path("annotations").path(ClusterNames.PROFILE).textValue())) {
            profiling.run();
        }
        BitSet done = LedgerConfigMap.done(mine);
        Optional<String> published = union.fresh(metadata);
        if (published.isPresent() && mine.losses().isEmpty()) {
            done.or(decode(job.name(), published.get(), plan));
            return ProgressSnapshot.of(done, false, now);
        }
        boolean failed = false;
        boolean lost = !mine.losses().isEmpty();
        for (JsonNode ledger : list()) {
            JsonNode annotations = ledger.path("annotations");
            String name = ledger.path("name").asText();
            if (!annotations.path(ClusterNames.FINGERPRINT).asText().equals(fingerprint)) {
                throw unusable(name, "it belongs to another job", null);
            }
            done.or(decode(name, annotations.path(ClusterNames.DONE).asText(), plan));
            failed |= annotations.has(ClusterNames.FAILED);
            lost |= annotations.has(ClusterNames.LOST);
        }
        if (lost) {
            List<Ledger> all = ledgers();
            all.add(mine);
            return ProgressSnapshot.of(Coverage.of(plan, all), now);
        }
        return ProgressSnapshot.of(done, failed, now);
    }

    /** Returns the items that have killed workers, as the operator had published them at the last look. */
    public CrashedItems crashed() {
        return crashed;
    }

    /** Sets the listener that is called at each look at a job that is to be profiled, in the thread of {@link #look}. */
    public void onProfiling(Runnable listener) {
        profiling = listener;
    }

    private static BitSet decode(String name, String text, Plan plan) {
        try {
            return SliceSetCodec.decode(text, plan.slices());
        } catch (IllegalArgumentException e) {
            throw unusable(name, "annotation " + ClusterNames.DONE + ": " + e.getMessage(), e);
        }
    }

    private List<JsonNode> list() {
        return configMaps.list(
                ClusterNames.JOB_UID + "=" + job.uid() + "," + ClusterNames.ROLE + "=" + ClusterNames.ROLE_LEDGER);
    }

    @Override
    public List<Ledger> ledgers() {
        List<Ledger> all = new ArrayList<>();
        for (JsonNode metadata : list()) {
            String name = metadata.path("name").asText();
            Cached cached = cache.get(name);
            if (cached != null && cached.version().equals(version(metadata))) {
                all.add(cached.ledger());
            } else {
                // A ledger that was deleted since the listing belonged to a job that was deleted.
                configMaps.get(name).ifPresent(configMap -> {
                    Ledger ledger = read(name, configMap);
                    cache.put(name, new Cached(version(configMap.path("metadata")), ledger));
                    all.add(ledger);
                });
            }
        }
        return all;
    }

    private Ledger read(String name, JsonNode configMap) {
        try {
            byte[] packed =
                    configMap.path("binaryData").path(ClusterNames.LEDGER_KEY).binaryValue();
            if (packed == null) {
                throw new IOException("it holds none");
            }
            Ledger ledger = LedgerConfigMap.decode(packed);
            if (!ledger.fingerprint().equals(fingerprint)) {
                throw new IOException("it belongs to another job");
            }
            return ledger;
        } catch (IOException e) {
            throw unusable(name, IoReason.of(e), e);
        }
    }

    private static String version(JsonNode metadata) {
        return metadata.path("resourceVersion").asText();
    }

    /**
     * Reports the waits of an attempt that has no ledger yet, in a ConfigMap with the role of a plan, which is deleted
     * with the job.
     */
    public static void writeWaits(ConfigMaps configMaps, JobConfigMap job, int worker, String attempt, String waits) {
        String name = ClusterNames.waits(job.name(), worker, attempt);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("name", name);
        metadata.putObject("labels")
                .put(ClusterNames.MANAGED_BY, ClusterNames.OPERATOR)
                .put(ClusterNames.JOB_UID, job.uid())
                .put(ClusterNames.ROLE, ClusterNames.ROLE_PLAN);
        metadata.putObject("annotations").put(ClusterNames.ATTEMPT, attempt).put(ClusterNames.WAITS, waits);
        metadata.set("ownerReferences", job.owners());
        ObjectNode configMap = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .set("metadata", metadata);
        configMaps.write(name, configMap);
    }

    private static JobFailedException unusable(
            String name, String reason, @org.jspecify.annotations.Nullable Exception cause) {
        String message = "the ledger in ConfigMap " + name + " cannot be used: " + reason
                + "; delete the FileJob and create it again";
        return cause == null
                ? new JobFailedException(ExitCode.STORE_LOST, message)
                : new JobFailedException(ExitCode.STORE_LOST, message, cause);
    }
}
