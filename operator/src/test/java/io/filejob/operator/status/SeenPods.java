package io.filejob.operator.status;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.filejob.operator.api.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The pods of an observed Job, in the order of their creation. */
final class SeenPods {
    private final List<Pod> pods = new ArrayList<>();

    List<Pod> list() {
        return pods;
    }

    /** Adds a pod that failed. */
    void death(int exitCode, String reason, String lastWords) {
        pods.add(new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .withPhase("Failed")
                .addNewContainerStatus()
                .withState(new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(exitCode)
                        .withReason(reason)
                        .withMessage(lastWords)
                        .withFinishedAt("2026-01-01T00:00:0" + pods.size() + "Z")
                        .endTerminated()
                        .build())
                .endContainerStatus()
                .endStatus()
                .build());
    }

    /** Sets the node of the last pod. */
    void onNode(String name) {
        pods.add(new PodBuilder(pods.removeLast())
                .editOrNewSpec()
                .withNodeName(name)
                .endSpec()
                .build());
    }

    /** Sets the index of the worker in the last pod. */
    void ofWorker(int index) {
        pods.add(new PodBuilder(pods.removeLast())
                .editMetadata()
                .addToLabels(Names.INDEX, Integer.toString(index))
                .endMetadata()
                .build());
    }

    /** Adds a running pod. */
    void alive() {
        pods.add(new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build());
    }

    /** Adds a pod that should have ended at {@code time}, on a node that does not respond. */
    void terminatingSince(Instant time) {
        pods.add(new PodBuilder()
                .withNewMetadata()
                .withDeletionTimestamp(time.toString())
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build());
    }

    void disruption() {
        death(137, "Error", "");
        pods.add(new PodBuilder(pods.removeLast())
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build());
    }

    void waiting(String reason, String message) {
        pods.add(new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withState(new ContainerStateBuilder()
                        .withNewWaiting(message, reason)
                        .build())
                .endContainerStatus()
                .endStatus()
                .build());
    }

    void unschedulable(String message) {
        pods.add(new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build());
    }
}
