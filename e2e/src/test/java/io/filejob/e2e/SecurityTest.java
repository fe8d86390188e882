package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers and the operator have only the permissions that they need. */
final class SecurityTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void podsAreLockedUp() {
        Job job = sandbox.submit(Manifest.small("careful", 1));
        job.awaitResult();

        assertLockedUp(job.pods());
        assertLockedUp(Operator.pods());
    }

    private static void assertLockedUp(List<Pod> pods) {
        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            PodSpec spec = pod.getSpec();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(spec.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
            });
        });
    }

    @Test
    void workersMayTouchConfigMapsOnly() {
        String worker = "system:serviceaccount:" + sandbox.namespace() + ":filejob-worker";

        assertThat(rights(worker, sandbox.namespace()))
                .containsExactly("create configmaps", "get configmaps", "update configmaps");
        assertThat(rights(worker, Cluster.SYSTEM))
                .as("in a namespace that is not theirs")
                .isEmpty();
    }

    @Test
    void workersMayWriteLedgersOfTheirOwnJobOnly() {
        Cluster.kubectl("create", "configmap", "settings", "--from-literal=mine=1", "-n", sandbox.namespace())
                .ok();
        Job victim = sandbox.submit(Manifest.large("victim", 1));
        victim.awaitMidRun();
        victim.patchSpec("{\"suspend\": true}");
        Job.await("nothing writes the ledger").until(() -> victim.pods().isEmpty());
        Job job = sandbox.submit(Manifest.large("tempted", 2));
        job.awaitMidRun();
        String pod = job.runningPods().getFirst().getMetadata().getName();
        String ledger = victim.ledgers().getFirst().getMetadata().getName();

        assertThat(replacing(pod, "settings").err()).contains("filejob.io/role");
        assertThat(replacing(pod, ledger).err()).contains("its own FileJob only");

        victim.patchSpec("{\"suspend\": false}");
        job.awaitResult();
        victim.awaitResult();
    }

    /** Replaces a ConfigMap with itself, with the permissions of the worker in {@code pod}. */
    private Command.Result replacing(String pod, String configMap) {
        String there = Cluster.kubectl("get", "configmap", configMap, "-o", "yaml", "-n", sandbox.namespace())
                .ok();
        return Cluster.kubectlWith(
                there,
                "replace",
                "--as=system:serviceaccount:" + sandbox.namespace() + ":filejob-worker",
                "--as-user-extra=authentication.kubernetes.io/pod-name=" + pod,
                "-n",
                sandbox.namespace(),
                "-f",
                "-");
    }

    @Test
    void theOperatorMayNotReadSecretsOrGiveItselfMore() {
        String operator = "system:serviceaccount:" + Cluster.SYSTEM + ":"
                + Operator.pods().getFirst().getSpec().getServiceAccountName();

        assertThat(rights(operator, sandbox.namespace()))
                .containsExactly(
                        "create configmaps",
                        "create jobs.batch",
                        "delete configmaps",
                        "get configmaps",
                        "get filejobs.filejob.io",
                        "get jobs.batch",
                        "get pods",
                        "update filejobs.filejob.io/status");
    }

    /** Returns the subset of some indicative permissions that {@code user} has. */
    private static List<String> rights(String user, String namespace) {
        return Stream.of(
                        "create configmaps",
                        "create jobs.batch",
                        "create pods",
                        "create pods/exec",
                        "create rolebindings.rbac.authorization.k8s.io",
                        "delete configmaps",
                        "get configmaps",
                        "get filejobs.filejob.io",
                        "get jobs.batch",
                        "get pods",
                        "get secrets",
                        "list secrets",
                        "update configmaps",
                        "update customresourcedefinitions.apiextensions.k8s.io",
                        "update filejobs.filejob.io/status",
                        "update jobs.batch")
                .filter(right -> canI(user, right.split(" ", -1), namespace))
                .toList();
    }

    private static boolean canI(String user, String[] right, String namespace) {
        return Cluster.kubectl("auth", "can-i", right[0], right[1], "-n", namespace, "--as", user)
                        .exitCode()
                == 0;
    }
}
