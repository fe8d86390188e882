package io.filejob.operator.reconcile;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Makes the API server reject all Jobs in a namespace, by a policy. */
final class Refusal {
    private final KubernetesClient client;
    private final List<HasMetadata> policy;

    private Refusal(KubernetesClient client, List<HasMetadata> policy) {
        this.client = client;
        this.policy = policy;
    }

    /** Creates the policy, which is in force when this returns. */
    static Refusal ofJobs(KubernetesClient client, String namespace) {
        List<HasMetadata> policy = client.load(
                        new ByteArrayInputStream("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-jobs-%1$s}
                spec:
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [batch], apiVersions: [v1], operations: [CREATE], resources: [jobs]}
                  validations: [{expression: "false", message: no Jobs here}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-jobs-%1$s}
                spec:
                  policyName: no-jobs-%1$s
                  validationActions: [Deny]
                  matchResources:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                """.formatted(namespace).getBytes(StandardCharsets.UTF_8)))
                .create();
        await().atMost(Duration.ofMinutes(2)).until(() -> isRefused(client, namespace));
        return new Refusal(client, policy);
    }

    private static boolean isRefused(KubernetesClient client, String namespace) {
        try {
            client.resource(new JobBuilder()
                            .withNewMetadata()
                            .withName("probe")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withNewSpec()
                            .withNewTemplate()
                            .withNewSpec()
                            .withRestartPolicy("Never")
                            .addNewContainer()
                            .withName("probe")
                            .withImage("probe")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains("no Jobs here");
        }
    }

    void lift() {
        client.resourceList(policy).delete();
    }
}
