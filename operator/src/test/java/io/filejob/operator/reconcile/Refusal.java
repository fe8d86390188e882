package io.filejob.operator.reconcile;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.operator.Jobs;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes the API server reject objects in a namespace, by a policy. */
final class Refusal {
    private final KubernetesClient client;
    private final List<HasMetadata> policy;

    private Refusal(KubernetesClient client, List<HasMetadata> policy) {
        this.client = client;
        this.policy = policy;
    }

    /** Rejects new Jobs from the time when this returns. */
    static Refusal ofJobs(KubernetesClient client, String namespace) {
        return of(
                client,
                namespace,
                "{apiGroups: [batch], apiVersions: [v1], operations: [CREATE], resources: [jobs]}",
                job(namespace));
    }

    /** Rejects new and changed FileJobs from the time when this returns. */
    static Refusal ofFileJobs(KubernetesClient client, String namespace) {
        return of(
                client,
                namespace,
                "{apiGroups: [filejob.io], apiVersions: ['*'], operations: [CREATE, UPDATE], resources: [filejobs]}",
                Jobs.asNew(Jobs.job(1, 1), namespace));
    }

    private static Refusal of(KubernetesClient client, String namespace, String rule, HasMetadata probe) {
        String name = "refused-" + probe.getKind().toLowerCase(Locale.ROOT) + "-" + namespace;
        List<HasMetadata> policy = client.load(new ByteArrayInputStream(
                        """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %2$s}
                spec:
                  matchConstraints:
                    resourceRules:
                      - %3$s
                  validations: [{expression: "false", message: no %4$ss here}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %2$s}
                spec:
                  policyName: %2$s
                  validationActions: [Deny]
                  matchResources:
                    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                """.formatted(namespace, name, rule, probe.getKind()).getBytes(StandardCharsets.UTF_8)))
                .create();
        await().atMost(Duration.ofMinutes(2)).until(() -> isRefused(client, probe));
        return new Refusal(client, policy);
    }

    private static HasMetadata job(String namespace) {
        return new JobBuilder()
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
                .build();
    }

    private static boolean isRefused(KubernetesClient client, HasMetadata probe) {
        try {
            client.resource(probe).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage()).contains("no " + probe.getKind() + "s here");
        }
    }

    void lift() {
        client.resourceList(policy).delete();
    }
}
