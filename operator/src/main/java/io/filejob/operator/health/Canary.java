package io.filejob.operator.health;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJobSpec;
import io.filejob.operator.ForIntervals;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A FileJob that never runs. The operator changes it periodically and must receive each change through its own watch;
 * otherwise the watch is dead, even if it reports no error. Safe to use from any thread.
 */
@ApplicationScoped
public class Canary {
    static final Duration INTERVAL = Duration.ofSeconds(30);
    /** Maximum time from a change to its arrival. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Logger LOG = Logger.getLogger(Canary.class);
    /** Label of all canaries, including those of other installations. */
    private static final String LABEL = "filejob.io/canary";

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final Clock clock;
    private final AtomicReference<@Nullable Sent> waiting = new AtomicReference<>();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicReference<Instant> lastArrival;

    /** A change that has not arrived yet. */
    private record Sent(long generation, Instant at) {}

    Canary(KubernetesClient client, OperatorSettings settings, @ForIntervals Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.lastArrival = new AtomicReference<>(clock.instant());
    }

    /** Begins to count the age of the last arrival. */
    void begin() {
        lastArrival.set(clock.instant());
    }

    /** Returns the time since a change arrived, or since this replica became the leader. */
    public Duration age() {
        return Duration.between(lastArrival.get(), clock.instant());
    }

    /** Returns whether {@code job} is the canary of this installation. */
    public boolean isMine(FileJobResource job) {
        return job.getMetadata().getName().equals(name())
                && job.getMetadata().getNamespace().equals(settings.namespace());
    }

    /** Returns whether {@code job} is the canary of any installation, which is never reconciled. */
    public static boolean isAny(FileJobResource job) {
        Map<String, String> labels = job.getMetadata().getLabels();
        return labels != null && labels.containsKey(LABEL);
    }

    private String name() {
        return settings.instance() + "-canary";
    }

    /** Records that {@code job} has arrived through the watch. */
    public void seen(FileJobResource job) {
        arrived.set(job.getMetadata().getGeneration());
        lastArrival.set(clock.instant());
        settle();
    }

    /** Clears the pending change if it has arrived: the watch may deliver it before the response to the request. */
    private void settle() {
        long generation = arrived.get();
        waiting.updateAndGet(sent -> sent != null && generation >= sent.generation() ? null : sent);
    }

    /** Changes the canary, unless the last change is still pending. A failed request is logged. */
    void send() {
        if (isWaiting()) {
            return;
        }
        Instant now = clock.instant();
        try {
            FileJobResource canary = client.resources(FileJobResource.class)
                    .inNamespace(settings.namespace())
                    .withName(name())
                    .get();
            FileJobResource sent = canary == null
                    ? client.resource(newCanary()).create()
                    : client.resource(canary).edit(this::flap);
            waiting.set(new Sent(sent.getMetadata().getGeneration(), now));
            settle();
        } catch (KubernetesClientException e) {
            LOG.warnf("the canary cannot be changed: %s", e.getMessage());
        }
    }

    private FileJobResource newCanary() {
        FileJobResource canary = new FileJobResource();
        canary.setMetadata(new ObjectMetaBuilder()
                .withName(name())
                .withNamespace(settings.namespace())
                .addToLabels("app.kubernetes.io/managed-by", "filejob-operator")
                .addToLabels(LABEL, "true")
                .addToLabels(selected())
                .build());
        canary.setSpec(resting(1));
        return canary;
    }

    /** Returns the labels that this installation selects FileJobs by. */
    private Map<String, String> selected() {
        return settings.selector().stream()
                .flatMap(selector -> Stream.of(selector.split(",")))
                .map(label -> label.split("=", 2))
                .collect(Collectors.toMap(label -> label[0], label -> label[1]));
    }

    /** Returns a minimal spec of a suspended FileJob. */
    private static FileJobSpec resting(int workers) {
        return Serialization.unmarshal(
                "{\"workers\":" + workers + ",\"suspend\":true,\"input\":{\"generate\":{\"files\":1,"
                        + "\"entriesPerFile\":1}},\"operation\":{\"average\":{}}}",
                FileJobSpec.class);
    }

    private FileJobResource flap(FileJobResource canary) {
        canary.getMetadata().setLabels(newCanary().getMetadata().getLabels());
        canary.setSpec(resting(canary.getSpec().workers() == 1 ? 2 : 1));
        return canary;
    }

    /** Returns whether the last change has not arrived yet. */
    boolean isWaiting() {
        return waiting.get() != null;
    }

    /** Returns the age of the last change if it has not arrived within {@link #LIMIT}. */
    Optional<Duration> overdue() {
        Sent sent = waiting.get();
        Duration age = sent == null ? Duration.ZERO : Duration.between(sent.at(), clock.instant());
        return age.compareTo(LIMIT) > 0 ? Optional.of(age) : Optional.empty();
    }
}
