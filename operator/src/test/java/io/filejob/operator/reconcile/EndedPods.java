package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Creates pods of Jobs as they are after their end, or while they run; the API server of tests has no kubelet. */
final class EndedPods {
    private EndedPods() {}

    /** Creates a pod that has ended with exit status {@code code} for this {@code reason}. */
    static void end(TestNamespace namespace, Job child, int code, String reason) {
        create(namespace, child, code, reason, new PodStatusBuilder().withPhase("Failed"));
    }

    /** Creates a pod that was evicted. */
    static void evict(TestNamespace namespace, Job child) {
        create(
                namespace,
                child,
                137,
                "Error",
                new PodStatusBuilder()
                        .withPhase("Failed")
                        .withConditions(new PodConditionBuilder()
                                .withType("DisruptionTarget")
                                .withStatus("True")
                                .build()));
    }

    private static void create(TestNamespace namespace, Job child, int code, String reason, PodStatusBuilder status) {
        String now = now();
        write(
                namespace,
                child,
                status.withContainerStatuses(container()
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withReason(reason)
                        .withStartedAt(now)
                        .withFinishedAt(now)
                        .endTerminated()
                        .endState()
                        .build()));
    }

    /** Creates a pod that runs. */
    static void start(TestNamespace namespace, Job child) {
        write(
                namespace,
                child,
                new PodStatusBuilder()
                        .withPhase("Running")
                        .withContainerStatuses(container()
                                .withNewState()
                                .withNewRunning(now())
                                .endState()
                                .build()));
    }

    private static ContainerStatusBuilder container() {
        return new ContainerStatusBuilder()
                .withName("worker")
                .withImage("image")
                .withImageID("image")
                .withReady(false)
                .withRestartCount(0);
    }

    private static void write(TestNamespace namespace, Job child, PodStatusBuilder status) {
        Pod pod = TestNamespace.client().resource(namespace.pod(child).build()).create();
        pod.setStatus(status.build());
        TestNamespace.client().resource(pod).updateStatus();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
