package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJobSpec;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.PodEnvironment;
import io.filejob.operation.WorkerMemory;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.PodMemory;
import io.filejob.spec.NetworkSpec;
import io.filejob.spec.PodSpec;
import io.filejob.spec.ResourcesSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The template of the worker pods: meets the "restricted" Pod Security Standard, and applies {@code spec.pod}. */
final class PodTemplate {
    private static final String STORAGE = "ephemeral-storage";
    /** Time for a worker to commit the slices that it has finished. */
    private static final long GRACE_SECONDS = 30;

    private PodTemplate() {}

    static PodTemplateSpec of(FileJobResource job, OperatorSettings settings) {
        Optional<PodSpec> pod = Optional.ofNullable(job.getSpec().pod());
        Map<String, String> labels = new HashMap<>(pod.map(PodSpec::labels).orElse(Map.of()));
        labels.putAll(Names.labels(job, ClusterNames.ROLE_WORKER));
        Map<String, String> annotations =
                new HashMap<>(pod.map(PodSpec::annotations).orElse(Map.of()));
        annotations.put(ClusterNames.JOB_NAME, job.getMetadata().getName());
        OperatorSettings.WorkerSettings worker = settings.worker();
        // A platform that assigns users, such as OpenShift, rejects a pod that sets its own.
        Long user = worker.user().isPresent() ? Long.valueOf(worker.user().getAsLong()) : null;
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withServiceAccountName(pod.map(PodSpec::serviceAccountName).orElse(worker.serviceAccount()))
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNodeSelector(pod.map(PodSpec::nodeSelector).orElse(null))
                .withTolerations(tolerations(pod))
                .withPriorityClassName(pod.map(PodSpec::priorityClassName).orElse(null))
                .withImagePullSecrets(settings.runner().pullSecrets().orElse(List.of()).stream()
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
                .withContainers(container(job, settings, pod))
                .withVolumes(PodMounts.volumes(job.getSpec(), scratchLimit(worker, pod)))
                .endSpec()
                .build();
    }

    /** Returns the same pod for another command; it does not count as a worker of the job. */
    static PodTemplateSpec of(FileJobResource job, OperatorSettings settings, String role, String... arguments) {
        return new PodTemplateSpecBuilder(of(job, settings))
                .editMetadata()
                .addToLabels(ClusterNames.ROLE, role)
                .removeFromAnnotations(ClusterNames.JOB_NAME)
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .withArgs(arguments)
                .endContainer()
                .endSpec()
                .build();
    }

    /**
     * Returns the same pod for an attempt to call the receiver, with the finished FileJob from ConfigMap {@code
     * message}. It needs neither the volumes and Secrets of workers, nor their resources, nor access to the API server.
     */
    static PodTemplateSpec ofCallback(FileJobResource job, OperatorSettings settings, String message) {
        return new PodTemplateSpecBuilder(of(
                        job,
                        settings,
                        ClusterNames.ROLE_CALLBACK,
                        "notify",
                        "--in-pod",
                        "--report",
                        PodEnvironment.TERMINATION_MESSAGE.toString(),
                        CallbackMounts.MANIFEST))
                .editMetadata()
                .addToAnnotations(ClusterNames.JOB_NAME, job.getMetadata().getName())
                .endMetadata()
                .editSpec()
                .withAutomountServiceAccountToken(false)
                .withVolumes(CallbackMounts.volumes(
                        job.getSpec(), message, scratchLimit(settings.worker(), Optional.empty())))
                .editFirstContainer()
                .removeMatchingFromEnv(variable -> variable.getName().equals(PodEnvironment.JAVA_OPTIONS))
                .withResources(resources(settings.worker()))
                .withVolumeMounts(CallbackMounts.of(job.getSpec()))
                .endContainer()
                .endSpec()
                .build();
    }

    private static Container container(FileJobResource job, OperatorSettings settings, Optional<PodSpec> pod) {
        ResourceRequirements resources = resources(job.getSpec(), settings.worker(), pod);
        return new ContainerBuilder()
                .withName(Names.CONTAINER)
                .withImage(settings.runner().image())
                .withImagePullPolicy(settings.runner().pullPolicy())
                .withArgs(arguments(job, settings.worker()))
                .withPorts(ports(settings.worker()))
                .addNewEnv()
                .withName(PodEnvironment.NAMESPACE)
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.namespace")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName(PodEnvironment.ATTEMPT)
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.uid")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName(PodEnvironment.SECRETS)
                .withValue(PodEnvironment.SECRETS_FOLDER)
                .endEnv()
                .addAllToEnv(environment(settings.worker()))
                .addAllToEnv(hosts(job.getSpec(), settings.worker()))
                .addAllToEnv(heap(job.getSpec(), resources))
                .withResources(resources)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withTerminationMessagePath(PodEnvironment.TERMINATION_MESSAGE.toString())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withVolumeMounts(PodMounts.of(job.getSpec()))
                .build();
    }

    /** Returns the variables of the chart, such as the format of logs. */
    private static List<EnvVar> environment(OperatorSettings.WorkerSettings worker) {
        return worker.environment().stream()
                .flatMap(String::lines)
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && !pair[0].isBlank())
                .map(pair -> new EnvVar(pair[0].strip(), pair[1].strip(), null))
                .toList();
    }

    private static List<String> arguments(FileJobResource job, OperatorSettings.WorkerSettings worker) {
        List<String> arguments = new ArrayList<>(List.of("work", "--config-map", Names.base(job)));
        worker.metricsPort().ifPresent(port -> arguments.addAll(List.of("--metrics-port", Integer.toString(port))));
        return arguments;
    }

    private static List<ContainerPort> ports(OperatorSettings.WorkerSettings worker) {
        return worker.metricsPort().stream()
                .mapToObj(port -> new ContainerPortBuilder()
                        .withName("metrics")
                        .withContainerPort(port)
                        .build())
                .toList();
    }

    /**
     * Returns the hosts that the chart allows, as variables: all of them, and those with private addresses if the spec
     * lists some.
     */
    private static List<EnvVar> hosts(FileJobSpec spec, OperatorSettings.WorkerSettings worker) {
        NetworkSpec network = spec.network();
        boolean hasPrivate = network != null && !network.allowPrivate().isEmpty();
        List<EnvVar> variables = new ArrayList<>(hosts(PodEnvironment.ALLOW_HOSTS, worker.allowHosts()));
        if (hasPrivate) {
            variables.addAll(hosts(PodEnvironment.ALLOW_PRIVATE, worker.allowPrivate()));
        }
        return variables;
    }

    private static List<EnvVar> hosts(String variable, Optional<List<String>> hosts) {
        return hosts.filter(all -> !all.isEmpty())
                .map(all -> List.of(new EnvVar(variable, String.join(",", all), null)))
                .orElse(List.of());
    }

    /** Returns the size of the heap as a variable; empty if the JVM derives it from the pod's limit. */
    private static List<EnvVar> heap(FileJobSpec spec, ResourceRequirements resources) {
        OptionalLong heap = PodMemory.heap(spec, resources);
        return heap.isEmpty()
                ? List.of()
                : List.of(new EnvVar(PodEnvironment.JAVA_OPTIONS, WorkerMemory.option(heap.getAsLong()), null));
    }

    /**
     * Returns the limit of scratch space, or null for no limit. Without a limit, a worker that fills the disk of
     * its node causes the eviction of all pods there.
     */
    private static @Nullable Quantity scratchLimit(OperatorSettings.WorkerSettings worker, Optional<PodSpec> pod) {
        return pod.map(PodSpec::resources)
                .map(ResourcesSpec::limits)
                .map(limits -> limits.get(STORAGE))
                .map(limit -> new Quantity(limit.text()))
                .or(() -> worker.scratchLimit().map(Quantity::new))
                .orElse(null);
    }

    private static @Nullable List<Toleration> tolerations(Optional<PodSpec> pod) {
        return pod.map(PodSpec::tolerations)
                .map(all -> all.stream()
                        .map(toleration -> Serialization.unmarshal(Serialization.asJson(toleration), Toleration.class))
                        .toList())
                .orElse(null);
    }

    private static ResourceRequirements resources(
            FileJobSpec spec, OperatorSettings.WorkerSettings worker, Optional<PodSpec> pod) {
        Optional<ResourceRequirements> asked = pod.map(PodSpec::resources)
                .map(resources -> Serialization.unmarshal(Serialization.asJson(resources), ResourceRequirements.class));
        return asked.orElseGet(() -> resources(
                worker, PodMemory.limit(spec, worker.memoryRequest()), PodMemory.limit(spec, worker.memoryLimit())));
    }

    /** Returns the resources of the chart, for a pod that works on no data. */
    private static ResourceRequirements resources(OperatorSettings.WorkerSettings worker) {
        return resources(worker, new Quantity(worker.memoryRequest()), new Quantity(worker.memoryLimit()));
    }

    private static ResourceRequirements resources(
            OperatorSettings.WorkerSettings worker, Quantity memoryRequest, Quantity memoryLimit) {
        ResourceRequirementsBuilder builder = new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(worker.cpuRequest()))
                .addToRequests("memory", memoryRequest)
                .addToLimits("memory", memoryLimit);
        worker.cpuLimit().ifPresent(limit -> builder.addToLimits("cpu", new Quantity(limit)));
        worker.storageRequest().ifPresent(request -> builder.addToRequests(STORAGE, new Quantity(request)));
        worker.storageLimit().ifPresent(limit -> builder.addToLimits(STORAGE, new Quantity(limit)));
        return builder.build();
    }
}
