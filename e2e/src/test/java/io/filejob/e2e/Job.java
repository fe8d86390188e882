package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A submitted FileJob and all objects created for it. */
record Job(Manifest manifest, String namespace, String name, String uid) {
    /** Much longer than any step takes on two CPUs. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final String JOB_UID = "filejob.io/job-uid";
    private static final String ROLE = "filejob.io/role";

    /** Waits for a step that usually takes seconds, up to some minutes. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(250))
                .pollDelay(Duration.ZERO);
    }

    Optional<FileJobObject> get() {
        return Optional.ofNullable(Cluster.CLIENT
                        .resources(FileJobObject.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .filter(job -> job.getMetadata().getUid().equals(uid));
    }

    FileJobStatus status() {
        return get().map(FileJobObject::getStatus).orElseThrow();
    }

    private Optional<FileJobStatus> statusIfAny() {
        return get().map(FileJobObject::getStatus);
    }

    /** Waits until {@code expected} holds for the status; fails at once if the job ends otherwise. */
    FileJobStatus await(String what, Predicate<FileJobStatus> expected) {
        return await(what)
                .failFast("the job has ended otherwise", () -> statusIfAny()
                        .filter(Job::isOver)
                        .filter(expected.negate())
                        .isPresent())
                .until(this::statusIfAny, status -> status.filter(expected).isPresent())
                .orElseThrow();
    }

    private static boolean isOver(FileJobStatus status) {
        return status.phase() == Phase.COMPLETE || status.phase() == Phase.FAILED;
    }

    FileJobStatus awaitPhase(Phase phase) {
        return await("phase " + phase, status -> status.phase() == phase);
    }

    /** Waits until some slices are done, but not nearly all. */
    FileJobStatus awaitMidRun() {
        return awaitDone(1);
    }

    /** Waits until {@code slices} are done; more than half of the job must be left. */
    FileJobStatus awaitDone(int slices) {
        FileJobStatus now = await(slices + " slices done", status -> done(status) >= slices);
        assertThat(total(now))
                .as("the job is large enough to be in the middle of it")
                .isGreaterThan(2 * done(now));
        return now;
    }

    static int done(FileJobStatus status) {
        return status.slices() == null ? 0 : status.slices().done();
    }

    static int total(FileJobStatus status) {
        return Objects.requireNonNull(status.slices()).total();
    }

    /** Waits for the end; the outcome must be the same as on this machine. */
    FileJobStatus awaitResult() {
        FileJobStatus status = await("Complete", now -> now.phase() == Phase.COMPLETE);
        assertThat(Outcome.of(status)).isEqualTo(Outcome.ofLocalRun(manifest.yaml()));
        return status;
    }

    static Optional<Condition> condition(FileJobStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Waits until condition {@code type} is {@code value} with {@code reason}. */
    Condition awaitCondition(String type, String value, String reason) {
        FileJobStatus status = await(type + "=" + value + " because of " + reason, now -> condition(now, type)
                .filter(it -> it.status().equals(value) && it.reason().equals(reason))
                .isPresent());
        return condition(status, type).orElseThrow();
    }

    void patchSpec(String json) {
        Cluster.CLIENT
                .resources(FileJobObject.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + json + "}");
    }

    void scale(int workers) {
        Cluster.kubectl("scale", "filejob/" + name, "--replicas=" + workers, "-n", namespace)
                .ok();
    }

    void delete() {
        Cluster.kubectl("delete", "filejob/" + name, "-n", namespace, "--wait=false")
                .ok();
    }

    /** Returns the child Jobs: at most one. */
    List<io.fabric8.kubernetes.api.model.batch.v1.Job> children() {
        return Cluster.CLIENT
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(JOB_UID, uid)
                .list()
                .getItems();
    }

    /** Returns the child Job as soon as it exists. */
    io.fabric8.kubernetes.api.model.batch.v1.Job child() {
        return await("the child Job")
                .until(this::children, children -> !children.isEmpty())
                .getFirst();
    }

    List<Pod> pods() {
        return Cluster.CLIENT
                .pods()
                .inNamespace(namespace)
                .withLabel(JOB_UID, uid)
                .list()
                .getItems();
    }

    Set<String> podNames() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** Returns the pods whose container is running and not being stopped. */
    List<Pod> runningPods() {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> container.getState().getRunning() != null))
                .toList();
    }

    List<ConfigMap> configMaps() {
        return Cluster.CLIENT
                .configMaps()
                .inNamespace(namespace)
                .withLabel(JOB_UID, uid)
                .list()
                .getItems();
    }

    List<ConfigMap> ledgers() {
        return Cluster.CLIENT
                .configMaps()
                .inNamespace(namespace)
                .withLabels(Map.of(JOB_UID, uid, ROLE, "ledger"))
                .list()
                .getItems();
    }

    /** Returns the bytes of the result in ConfigMap {@code name}. */
    byte[] resultIn(String name) {
        ConfigMap configMap = Objects.requireNonNull(
                Cluster.CLIENT
                        .configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get(),
                name);
        assertThat(configMap.getMetadata().getLabels()).containsEntry("filejob.io/result-of", uid);
        return Objects.requireNonNull(configMap.getData().get("result.csv")).getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until all objects created for this job are deleted. */
    void awaitNothingLeft() {
        await("nothing left of " + name)
                .until(() -> get().isEmpty()
                        && children().isEmpty()
                        && pods().isEmpty()
                        && configMaps().isEmpty());
    }
}
