package io.filejob.operator.reconcile;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A namespace for one test, created when it is first used, and the FileJobs in it. Not thread-safe. */
final class TestNamespace {
    /** Longer than any step takes on a busy machine. */
    static final Duration SOON = Duration.ofMinutes(2);

    private @Nullable String name;

    /** Returns the client of the running operator, which has all permissions. */
    static KubernetesClient client() {
        return CDI.current().select(KubernetesClient.class).get();
    }

    String name() {
        if (name == null) {
            name = create(client());
        }
        return name;
    }

    /** Creates a namespace with a name of its own, and returns the name. */
    static String create(KubernetesClient client) {
        return client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("test-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    FileJobResource create(FileJobResource job) {
        return client().resource(Jobs.asNew(job, name())).create();
    }

    static ConditionFactory soon(String condition) {
        return await(condition).atMost(SOON).pollInterval(Duration.ofMillis(200));
    }

    FileJobResource awaitJob(FileJobResource job, Predicate<FileJobResource> expected) {
        return soon("the FileJob")
                .until(() -> client().resource(job).get(), now -> now.getStatus() != null && expected.test(now));
    }

    FileJobStatus awaitStatus(FileJobResource job, Predicate<FileJobStatus> expected) {
        return awaitJob(job, now -> expected.test(now.getStatus())).getStatus();
    }

    /** Waits until the condition of this type has this reason. */
    Condition awaitReason(FileJobResource job, String type, String reason) {
        return condition(awaitStatus(job, now -> condition(now, type).reason().equals(reason)), type);
    }

    /** Returns the condition of this type; its status is {@code Unknown} without one. */
    static Condition condition(FileJobStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(new Condition(type, "Unknown", "", "", "", null));
    }

    /** Returns the Job of the workers, or null without one. */
    @Nullable
    Job child(FileJobResource job) {
        return client().batch()
                .v1()
                .jobs()
                .inNamespace(name())
                .withName(Names.base(job))
                .get();
    }

    Job awaitChild(FileJobResource job, Predicate<Job> expected) {
        return soon("the Job").until(() -> child(job), child -> child != null && expected.test(child));
    }

    /** Returns a ConfigMap without data, with the labels of {@code role} in {@code job}, but without an owner. */
    ConfigMapBuilder labelled(FileJobResource job, String name, String role) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(name())
                .withLabels(Names.labels(job, role))
                .endMetadata();
    }

    /** Returns a ConfigMap without data that {@code job} owns, as its workers create it. */
    ConfigMapBuilder owned(FileJobResource job, String name, String role) {
        return labelled(job, name, role)
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata();
    }

    /** Returns a pod of a Job as Kubernetes creates it. */
    PodBuilder pod(Job child) {
        return new PodBuilder()
                .withMetadata(child.getSpec().getTemplate().getMetadata())
                .editMetadata()
                .withGenerateName("pod-")
                .withNamespace(name())
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(child.getMetadata().getName())
                .withUid(child.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withSpec(child.getSpec().getTemplate().getSpec());
    }
}
