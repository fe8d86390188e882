package io.filejob.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A namespace of an API server without controllers, for FileJobs of a packaged operator, whose pods are processes. */
final class PodNamespace {
    private final KubernetesClient client;
    private final Path folder;
    private final String name;

    /** Creates the namespace, and the resource definition; {@code folder} receives the files of pods. */
    PodNamespace(KubernetesClient client, Path folder) throws IOException {
        this.client = client;
        this.folder = folder;
        client.load(Files.newInputStream(Path.of("../crds/filejobs.filejob.io-v1.yml")))
                .serverSideApply();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("filejob-system")
                        .endMetadata()
                        .build())
                .serverSideApply();
        name = TestNamespace.create(client);
        PodProcess.admit(client, name);
    }

    /** Returns its name. */
    String name() {
        return name;
    }

    /** Creates a Secret. */
    void secret(String secret, Map<String, String> values) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(secret)
                        .withNamespace(name)
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .create();
    }

    /** Creates a FileJob; {@code spec} is YAML in flow style, without its braces. */
    FileJobResource create(String job, String spec) {
        JsonNode manifest = Serialization.unmarshal("spec: {" + spec + "}", JsonNode.class);
        FileJobResource created = Jobs.job(manifest.path("spec").toString());
        created.getMetadata().setName(job);
        return client.resource(Jobs.asNew(created, name)).create();
    }

    /** Waits for the Job {@code job}. */
    Job awaitJob(String job) {
        return TestNamespace.soon("the Job " + job)
                .until(
                        () -> client.batch()
                                .v1()
                                .jobs()
                                .inNamespace(name)
                                .withName(job)
                                .get(),
                        Objects::nonNull);
    }

    /** Waits until {@code job} has a status and is as {@code expected}. */
    void await(FileJobResource job, Predicate<FileJobResource> expected) {
        TestNamespace.soon("the FileJob " + job.getMetadata().getName())
                .until(() -> client.resource(job).get(), now -> now.getStatus() != null && expected.test(now));
    }

    /** Runs a pod of the Job {@code job} to its end, and returns its output and its message. */
    String run(String job, Map<String, String> environment) throws IOException, InterruptedException {
        return new JobPod(client, folder).run(awaitJob(job), environment);
    }
}
