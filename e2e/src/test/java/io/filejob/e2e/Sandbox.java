package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A namespace for each test, under the strictest Pod Security Standard, with the chart's objects for workers. It is
 * deleted after the test; if the test fails, its contents are printed first.
 */
final class Sandbox implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {
    private String namespace = "";

    @Override
    public void beforeEach(ExtensionContext context) {
        namespace = Cluster.CLIENT
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("filejob-e2e-")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        admitWorkers();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println(Diagnosis.of(context.getDisplayName(), namespace));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // Deleted first, since Kubernetes cannot delete a namespace in which an Indexed Job has failed pods.
        Cluster.CLIENT.resources(FileJobObject.class).inNamespace(namespace).delete();
        Cluster.CLIENT.namespaces().withName(namespace).delete();
    }

    String namespace() {
        return namespace;
    }

    /** Installs service account, role and binding of the workers, as in the chart. */
    void admitWorkers() {
        Cluster.kubectlWith(workerAccess(), "apply", "-n", namespace, "-f", "-").ok();
    }

    /** Removes them again. */
    void expelWorkers() {
        Cluster.kubectlWith(workerAccess(), "delete", "-n", namespace, "-f", "-")
                .ok();
    }

    private String workerAccess() {
        return Cluster.helm(
                        "template",
                        Cluster.RELEASE,
                        Cluster.CHART,
                        "--namespace",
                        namespace,
                        "--values",
                        Cluster.values(),
                        "--set-json",
                        "worker.namespaces=[]",
                        "--show-only",
                        "templates/worker-rbac.yaml")
                .ok();
    }

    Job submit(Manifest manifest) {
        Cluster.kubectlWith(manifest.yaml(), "apply", "-n", namespace, "-f", "-")
                .ok();
        return job(manifest);
    }

    /** Returns the FileJob that was created from {@code manifest}. */
    Job job(Manifest manifest) {
        String uid = Cluster.CLIENT
                .resources(FileJobObject.class)
                .inNamespace(namespace)
                .withName(manifest.name())
                .get()
                .getMetadata()
                .getUid();
        return new Job(manifest, namespace, manifest.name(), uid);
    }
}
