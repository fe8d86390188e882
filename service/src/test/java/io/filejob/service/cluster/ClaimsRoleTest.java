package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJob;
import io.filejob.cluster.PodEnvironment;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The chart's role for people who download results on claims, with its admission policy, on a real API server: it suffices for
 * the pods that the service creates, and for no others.
 */
final class ClaimsRoleTest {
    private static final String ROLE = "filejob-filejob-system-api-claims";
    private static final String REFUSED = "this role may";

    private final String namespace = ClusterUser.newNamespace();
    private final String user = "--as=system:serviceaccount:" + namespace + ":ann";
    private final FileJob job = new ClusterJob(namespace, "{name: data, claimName: totals, mountPath: /data}").object();
    private Pod pod = new Pod();

    /** A FileJob with one volume, as the API server returns it. */
    private record ClusterJob(String namespace, String volume) {
        FileJob object() {
            return Json.bind(
                    Json.tree(Serialization.unmarshal("""
                            apiVersion: filejob.io/v1alpha1
                            kind: FileJob
                            metadata: {name: totals, namespace: %s, uid: 6b0c9f1e-0000-4000-8000-000000000000}
                            spec:
                              input: {files: [/data/in.csv], format: {csv: {}}}
                              operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
                              volumes: [%s]
                            """.formatted(namespace, volume), Map.class)), FileJob.class);
        }
    }

    @BeforeEach
    void applyTheChart() throws IOException {
        String chart = Files.readString(Path.of("../helm/golden/pinned.yaml"));
        for (String document : chart.split("(?m)^---\n", -1)) {
            if (document.contains("name: " + ROLE) || document.contains("name: filejob-filejob-system-claims")) {
                RealApiServer.get().apply(document);
            }
        }
        Matcher image = Pattern.compile("READERS_IMAGE\n +value: \"([^\"]+)\"").matcher(chart);
        assertThat(image.find()).isTrue();
        RealApiServer.get()
                .kubectl(
                        "",
                        "create",
                        "rolebinding",
                        "ann",
                        "-n",
                        namespace,
                        "--clusterrole=" + ROLE,
                        "--serviceaccount=" + namespace + ":ann");
        pod = ReaderPodObject.of(
                job,
                Objects.requireNonNull(job.spec().volumes()).getFirst(),
                image.group(1),
                TestReaderSettings.DEFAULT);
        // The API server learns of the policy some time after it was created.
        ClusterFixture.soon()
                .until(() -> isRefused(edited(builder -> builder.editMetadata()
                        .removeFromLabels("filejob.io/role")
                        .endMetadata())));
    }

    private Pod edited(UnaryOperator<PodBuilder> edit) {
        return edit.apply(new PodBuilder(pod)).build();
    }

    private String create(Pod object, String... options) {
        List<String> arguments = new ArrayList<>(List.of("create", "-f", "-", "-o", "name", user));
        arguments.addAll(List.of(options));
        return RealApiServer.get()
                .kubectl(Serialization.asYaml(object), arguments.toArray(String[]::new))
                .strip();
    }

    private boolean isRefused(Pod object) {
        try {
            create(object, "--dry-run=server");
            return false;
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage()).contains(REFUSED);
        }
    }

    @Test
    void itsHoldersCreateThePodsOfTheServiceReadInThemAndDeleteThem() {
        String name = create(pod);
        List<String> exec = new ArrayList<>(List.of("exec", name, "-n", namespace, "-c", "reader", user, "--"));
        exec.addAll(PodEnvironment.COMMAND);
        exec.addAll(List.of(PodEnvironment.READ_VOLUME, "--volume", "/data", "--", "r.csv"));
        // There are no nodes: the request is accepted, and no node executes it.
        assertThatThrownBy(() -> RealApiServer.get().kubectl("", exec.toArray(String[]::new)))
                .hasMessageContaining("does not have a host assigned");
        assertThat(RealApiServer.get()
                        .kubectl("", "delete", name, "-n", namespace, "--grace-period=0", "--force", user))
                .contains("deleted");
    }

    @Test
    void theyRunNothingElseInPods() {
        String name = create(pod);
        assertThatThrownBy(() -> RealApiServer.get()
                        .kubectl("", "exec", name, "-n", namespace, "-c", "reader", user, "--", "java", "-version"))
                .hasMessageContaining("this role may run read-volume in pods that read claims only");
    }

    @Test
    void theyDeleteNoOtherPods() {
        Pod other = edited(builder -> builder.editMetadata()
                .withGenerateName(null)
                .withName("worker")
                .addToLabels("filejob.io/role", "worker")
                .endMetadata());
        RealApiServer.get().apply(Serialization.asYaml(other));
        assertThatThrownBy(() -> RealApiServer.get().kubectl("", "delete", "pod", "worker", "-n", namespace, user))
                .hasMessageContaining(
                        "this role may create and delete pods with the label filejob.io/role=reader only");
    }

    @Test
    void theyCreateNoOtherPods() {
        assertThat(isRefused(pod)).isFalse();
        List<UnaryOperator<PodBuilder>> edits = List.of(
                builder -> builder.editSpec()
                        .editFirstContainer()
                        .withImage("busybox")
                        .endContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .editFirstContainer()
                        .withCommand("sh")
                        .endContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .editFirstContainer()
                        .withArgs("work")
                        .endContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("JDK_JAVA_OPTIONS")
                        .withValue("-version")
                        .endEnv()
                        .endContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .editFirstContainer()
                        .editSecurityContext()
                        .withAllowPrivilegeEscalation(null)
                        .endSecurityContext()
                        .endContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .addNewContainer()
                        .withName("second")
                        .withImage("busybox")
                        .endContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .addNewInitContainer()
                        .withName("first")
                        .withImage("busybox")
                        .endInitContainer()
                        .endSpec(),
                builder -> builder.editSpec()
                        .addNewVolume()
                        .withName("secret")
                        .withNewSecret()
                        .withSecretName("s3")
                        .endSecret()
                        .endVolume()
                        .endSpec(),
                builder -> builder.editSpec()
                        .editLastVolume()
                        .editPersistentVolumeClaim()
                        .withReadOnly(false)
                        .endPersistentVolumeClaim()
                        .endVolume()
                        .endSpec(),
                builder -> builder.editSpec()
                        .withAutomountServiceAccountToken(true)
                        .endSpec(),
                builder -> builder.editSpec().withActiveDeadlineSeconds(null).endSpec(),
                builder -> builder.editSpec().withHostNetwork(true).endSpec(),
                builder -> builder.editSpec().withHostPID(true).endSpec());
        for (int i = 0; i < edits.size(); i++) {
            assertThat(isRefused(edited(edits.get(i)))).as("edit %d", i).isTrue();
        }
    }
}
