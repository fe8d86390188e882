package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.PodEnvironment;
import io.filejob.service.ServiceSettings.ReaderSettings;
import io.filejob.spec.PodSpec;
import io.filejob.spec.VolumeSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pod that reads a claim of a job: as a worker's pod, it meets the "restricted" Pod Security Standard and applies {@code
 * spec.pod}, except that it has resources of its own, mounts only that claim, read-only, and has no token.
 */
final class ReaderPodObject {
    static final String CONTAINER = "reader";
    /** The time after which a pod is ended, whatever it does. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final String SCRATCH = "filejob-scratch";
    private static final int MAX_NAME = 40;
    private static final int MAX_LABEL = 63;

    private ReaderPodObject() {}

    static Pod of(FileJob job, VolumeSpec volume, String image, ReaderSettings settings) {
        Optional<PodSpec> pod = Optional.ofNullable(job.spec().pod());
        Long user = settings.user().isPresent() ? Long.valueOf(settings.user().getAsLong()) : null;
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName(start(job.name().replace('.', '-'), MAX_NAME) + "-read-")
                .withNamespace(job.metadata().path("namespace").asText())
                .withLabels(labels(job, pod))
                .withAnnotations(pod.map(PodSpec::annotations).orElse(null))
                .addNewOwnerReference()
                .withApiVersion(job.apiVersion())
                .withKind(job.kind())
                .withName(job.name())
                .withUid(job.metadata().path("uid").asText())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(LIFE.toSeconds())
                .withTerminationGracePeriodSeconds(1L)
                .withServiceAccountName(pod.map(PodSpec::serviceAccountName).orElse(settings.serviceAccount()))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNodeSelector(pod.map(PodSpec::nodeSelector).orElse(null))
                .withTolerations(tolerations(pod))
                .withPriorityClassName(pod.map(PodSpec::priorityClassName).orElse(null))
                .withImagePullSecrets(settings.pullSecrets().orElse(List.of()).stream()
                        .map(name ->
                                new LocalObjectReferenceBuilder().withName(name).build())
                        .toList())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(user)
                .withRunAsGroup(user)
                .withFsGroup(user)
                .withFsGroupChangePolicy(user == null ? null : "OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(volume, image, settings))
                .addNewVolume()
                .withName(SCRATCH)
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .addNewVolume()
                .withName(volume.name())
                .withNewPersistentVolumeClaim(volume.claimName(), true)
                .endVolume()
                .endSpec()
                .build();
    }

    private static Map<String, String> labels(FileJob job, Optional<PodSpec> pod) {
        Map<String, String> labels = new HashMap<>(pod.map(PodSpec::labels).orElse(Map.of()));
        labels.put(ClusterNames.MANAGED_BY, ClusterNames.SERVICE);
        labels.put(ClusterNames.NAME, start(job.name(), MAX_LABEL));
        labels.put(ClusterNames.JOB_UID, job.metadata().path("uid").asText());
        labels.put(ClusterNames.ROLE, ClusterNames.ROLE_READER);
        return labels;
    }

    /** Returns at most {@code length} characters, of which the last is a letter or digit. */
    private static String start(String name, int length) {
        int end = Math.min(name.length(), length);
        while (!Character.isLetterOrDigit(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }

    private static Container container(VolumeSpec volume, String image, ReaderSettings settings) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withImagePullPolicy(settings.pullPolicy())
                .withArgs(PodEnvironment.READ_VOLUME, "--volume", volume.mountPath())
                .withResources(Serialization.unmarshal(settings.resources(), ResourceRequirements.class))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .addNewVolumeMount()
                .withName(SCRATCH)
                .withMountPath("/tmp")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName(volume.name())
                .withMountPath(volume.mountPath())
                .withReadOnly(true)
                .endVolumeMount()
                .build();
    }

    private static @Nullable List<Toleration> tolerations(Optional<PodSpec> pod) {
        return pod.map(PodSpec::tolerations)
                .map(all -> all.stream()
                        .map(toleration -> Serialization.unmarshal(Serialization.asJson(toleration), Toleration.class))
                        .toList())
                .orElse(null);
    }
}
