package io.filejob.service.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.filejob.api.FileJob;
import io.filejob.service.job.JobName;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Converts FileJobs between the forms of Kubernetes' client and of this service. */
final class FileJobObjects {
    /** The custom resource. */
    static final ResourceDefinitionContext DEFINITION = new ResourceDefinitionContext.Builder()
            .withGroup("filejob.io")
            .withVersion("v1alpha1")
            .withKind(FileJob.KIND)
            .withPlural("filejobs")
            .withNamespaced(true)
            .build();

    /** The operator may be of a later release than this service, and write fields that it does not know. */
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private FileJobObjects() {}

    /** Returns the FileJob {@code name} as {@code client} may access it. */
    static Resource<GenericKubernetesResource> named(KubernetesClient client, JobName name) {
        return client.genericKubernetesResources(DEFINITION)
                .inNamespace(name.namespace())
                .withName(name.name());
    }

    /** Returns the object; throws {@link KubernetesClientException} for one that does not exist, too. */
    static <T> T require(Resource<T> resource) {
        try {
            return resource.require();
        } catch (ResourceNotFoundException e) {
            throw e.getCause() instanceof KubernetesClientException cause ? cause : e;
        }
    }

    /** Returns {@code object} as {@code kubectl get} shows it. */
    static FileJob read(GenericKubernetesResource object) {
        ObjectNode tree = LENIENT.valueToTree(object);
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        try {
            return LENIENT.treeToValue(tree, FileJob.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a FileJob of the cluster cannot be read", e);
        }
    }

    /** Returns {@code job}, to be created in {@code namespace} with labels, annotations and more {@code annotations}. */
    static GenericKubernetesResource write(
            FileJob job, String namespace, Map<String, String> labels, Map<String, String> annotations) {
        ObjectNode metadata = Json.object().put("namespace", namespace);
        copy(job.metadata().path("labels"), metadata.putObject("labels"));
        copy(job.metadata().path("annotations"), metadata.putObject("annotations"));
        labels.forEach(metadata.withObjectProperty("labels")::put);
        annotations.forEach(metadata.withObjectProperty("annotations")::put);
        FileJob named = new FileJob(job.apiVersion(), job.kind(), metadata, job.spec(), null);
        try {
            return LENIENT.readValue(
                    new String(Json.bytes(named), StandardCharsets.UTF_8), GenericKubernetesResource.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a FileJob cannot be written", e);
        }
    }

    private static void copy(JsonNode from, ObjectNode to) {
        from.properties().forEach(member -> to.set(member.getKey(), member.getValue()));
    }
}
