package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operator installed by {@code e2e/run}. */
final class Operator {
    /** Returns its pods. */
    static final String SELECTOR = "app.kubernetes.io/name=filejob,app.kubernetes.io/component=operator";

    private static final String LEASE = "filejob-operator";

    private Operator() {}

    static List<Pod> pods() {
        return Cluster.CLIENT
                .pods()
                .inNamespace(Cluster.SYSTEM)
                .withLabelSelector(SELECTOR)
                .list()
                .getItems();
    }

    /** Returns the pod that holds the lease. */
    static Optional<String> leader() {
        Lease lease = Cluster.CLIENT
                .leases()
                .inNamespace(Cluster.SYSTEM)
                .withName(LEASE)
                .get();
        return Optional.ofNullable(lease)
                .map(it -> it.getSpec().getHolderIdentity())
                .filter(holder -> pods().stream()
                        .anyMatch(pod -> pod.getMetadata().getName().equals(holder)));
    }

    /** Scales the operator and waits until exactly that many pods are ready. */
    static void scaleTo(int replicas) {
        Cluster.kubectl("scale", "deployment/" + deployment(), "-n", Cluster.SYSTEM, "--replicas=" + replicas)
                .ok();
        awaitReady(replicas);
    }

    static void awaitReady(int replicas) {
        Job.await(replicas + " operators are ready")
                .until(() -> pods().size() == replicas && pods().stream().allMatch(Operator::isReady));
    }

    /** Upgrades the release to the values of this run and further options of helm, and waits until its pod is the only one. */
    static void upgrade(String... options) {
        List<String> command = new ArrayList<>(
                List.of("upgrade", Cluster.RELEASE, Cluster.CHART, "-n", Cluster.SYSTEM, "--values", Cluster.values()));
        command.addAll(List.of(options));
        command.addAll(List.of("--wait", "--timeout", "4m"));
        Cluster.helm(command.toArray(String[]::new)).ok();
        awaitReady(1);
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static String deployment() {
        List<Deployment> deployments = Cluster.CLIENT
                .apps()
                .deployments()
                .inNamespace(Cluster.SYSTEM)
                .withLabelSelector(SELECTOR)
                .list()
                .getItems();
        return deployments.getFirst().getMetadata().getName();
    }

    /** Kills the pod without a grace period, as if its node had failed. */
    static void kill(String pod) {
        Cluster.kubectl("delete", "pod", pod, "-n", Cluster.SYSTEM, "--grace-period=0", "--force")
                .ok();
    }
}
