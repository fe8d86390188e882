package io.filejob.operator.reconcile;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.model.Condition;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/** A namespace for one test, and the FileJobs in it. */
record Bench(KubernetesClient client, String namespace) {
    /** Longer than any step takes on a busy machine. */
    private static final Duration SOON = Duration.ofMinutes(2);

    static Bench in(KubernetesClient client) {
        return new Bench(
                client,
                client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withGenerateName("bench-")
                                .endMetadata()
                                .build())
                        .create()
                        .getMetadata()
                        .getName());
    }

    FileJobResource create(FileJobResource job) {
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setUid(null);
        job.getMetadata().setCreationTimestamp(null);
        job.getMetadata().setGeneration(null);
        return client.resource(job).create();
    }

    static ConditionFactory soon(String what) {
        return await(what).atMost(SOON).pollInterval(Duration.ofMillis(200));
    }

    FileJobResource awaitJob(FileJobResource job, Predicate<FileJobResource> expected) {
        return soon("the FileJob")
                .until(() -> client.resource(job).get(), now -> now.getStatus() != null && expected.test(now));
    }

    /** Waits until the condition of this type has this reason. */
    Condition awaitReason(FileJobResource job, String type, String reason) {
        FileJobResource found =
                awaitJob(job, now -> condition(now, type).reason().equals(reason));
        return condition(found, type);
    }

    static Condition condition(FileJobResource job, String type) {
        return job.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(new Condition(type, "Unknown", "", "", "", null));
    }

    Job awaitChild(FileJobResource job, Predicate<Job> expected) {
        return soon("the Job")
                .until(
                        () -> client.batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .withName(Names.base(job))
                                .get(),
                        child -> child != null && expected.test(child));
    }
}
