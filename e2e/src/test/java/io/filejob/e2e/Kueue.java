package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** A Kueue queue in one namespace, with a quota of CPU. */
final class Kueue {
    private static final String FLAVOR = "e2e";

    private final String namespace;

    private Kueue(String namespace) {
        this.namespace = namespace;
    }

    /** Starts Kueue next to the API server of the project's own cluster. */
    static void start() {
        Cluster.node("kueue-up").ok();
    }

    /** Stops Kueue, so that it does not manage the Jobs of other suites. */
    static void stop() {
        Cluster.node("kueue-down").ok();
    }

    /** Creates a queue called {@code name} in {@code namespace} that admits no Jobs yet. */
    static Kueue queue(String name, String namespace) {
        return queue(name, namespace, "100m");
    }

    /** Creates such a queue with a quota of {@code cpu}. */
    static Kueue queue(String name, String namespace, String cpu) {
        Cluster.kubectlWith("""
                        apiVersion: kueue.x-k8s.io/v1beta2
                        kind: ResourceFlavor
                        metadata: {name: %1$s}
                        ---
                        apiVersion: kueue.x-k8s.io/v1beta2
                        kind: ClusterQueue
                        metadata: {name: %2$s}
                        spec:
                          namespaceSelector: {}
                          stopPolicy: Hold
                          resourceGroups:
                          - coveredResources: [cpu, memory]
                            flavors:
                            - name: %1$s
                              resources: [{name: cpu, nominalQuota: %4$s}, {name: memory, nominalQuota: 10Gi}]
                        ---
                        apiVersion: kueue.x-k8s.io/v1beta2
                        kind: LocalQueue
                        metadata: {name: %3$s, namespace: %2$s}
                        spec: {clusterQueue: %2$s}
                        """.formatted(FLAVOR, namespace, name, cpu), "apply", "-f", "-")
                .ok();
        return new Kueue(namespace);
    }

    /** Admits Jobs from now on, within the quota. */
    void open() {
        Cluster.kubectl(
                        "patch",
                        "clusterqueue",
                        namespace,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"stopPolicy\":\"None\"}}")
                .ok();
    }

    /** Returns the Workloads of the namespace: one per Job. */
    List<GenericKubernetesResource> workloads() {
        return Cluster.CLIENT
                .genericKubernetesResources("kueue.x-k8s.io/v1beta2", "Workload")
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    /** Returns whether Kueue may admit the only Job; true if its Workload does not set {@code active}. */
    boolean isActive() {
        Object active = workloads().getFirst().get("spec", "active");
        return !Boolean.FALSE.equals(active);
    }
}
