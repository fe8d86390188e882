package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** A queue of Kueue's in one namespace, with room for so much of a CPU. */
final class Kueue {
    private static final String FLAVOR = "e2e";

    private final String namespace;

    private Kueue(String namespace) {
        this.namespace = namespace;
    }

    /** Starts Kueue beside the API server of the project's own cluster. */
    static void start() {
        Cluster.node("kueue-up").ok();
    }

    /** Ends it, so that it decides about no other suite's Jobs. */
    static void stop() {
        Cluster.node("kueue-down").ok();
    }

    /** A queue called {@code name} in {@code namespace} that admits nothing yet. */
    static Kueue queue(String name, String namespace) {
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
                              resources: [{name: cpu, nominalQuota: 100m}, {name: memory, nominalQuota: 10Gi}]
                        ---
                        apiVersion: kueue.x-k8s.io/v1beta2
                        kind: LocalQueue
                        metadata: {name: %3$s, namespace: %2$s}
                        spec: {clusterQueue: %2$s}
                        """.formatted(FLAVOR, namespace, name), "apply", "-f", "-")
                .ok();
        return new Kueue(namespace);
    }

    /** Admits Jobs from now on, as many as there is room for. */
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

    /** The Workloads of the namespace: one a Job. */
    List<GenericKubernetesResource> workloads() {
        return Cluster.CLIENT
                .genericKubernetesResources("kueue.x-k8s.io/v1beta2", "Workload")
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    /** Whether Kueue may admit the one Job there is; that is what a Workload says that says nothing. */
    boolean isActive() {
        Object active = workloads().getFirst().get("spec", "active");
        return !Boolean.FALSE.equals(active);
    }
}
