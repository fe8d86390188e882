package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of the workers' pods in a cluster. */
@JsonPropertyOrder({
    "resources",
    "nodeSelector",
    "tolerations",
    "priorityClassName",
    "serviceAccountName",
    "annotations",
    "labels"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(PodRules.class)
public record PodSpec(
        @JsonPropertyDescription("The resources of each worker. If absent, the operator's default.") @Nullable
        ResourcesSpec resources,

        @JsonPropertyDescription("Labels that a node must have to run workers.") @Size(max = PodSpec.MAX) @Nullable
        Map<
                        @Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.MAX_KEY_LENGTH) String,
                        @Pattern(PodSpec.LABEL_VALUE) @Size(max = PodSpec.MAX_VALUE_LENGTH) String>
                nodeSelector,

        @JsonPropertyDescription("Tolerations of the pods, for nodes with taints.") @Size(max = PodSpec.MAX) @Nullable
        List<TolerationSpec> tolerations,

        @JsonPropertyDescription("The priority class of the pods.")
        @Pattern(PodSpec.NAME)
        @Size(max = PodSpec.MAX_NAME_LENGTH)
        @Nullable
        String priorityClassName,

        @JsonPropertyDescription("The service account of the pods. If absent, the one set in the operator's chart.")
        @Pattern(PodSpec.NAME)
        @Size(max = PodSpec.MAX_NAME_LENGTH)
        @Nullable
        String serviceAccountName,

        @JsonPropertyDescription("Annotations added to the pods.") @Size(max = PodSpec.MAX) @Nullable
        Map<
                        @Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.MAX_KEY_LENGTH) String,
                        @Size(max = PodSpec.MAX_ANNOTATION_LENGTH) String>
                annotations,

        @JsonPropertyDescription("Labels added to the pods, in addition to the operator's own.")
        @Size(max = PodSpec.MAX)
        @Nullable
        Map<
                        @Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.MAX_KEY_LENGTH) String,
                        @Pattern(PodSpec.LABEL_VALUE) @Size(max = PodSpec.MAX_VALUE_LENGTH) String>
                labels) {
    public static final String NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
    static final long MAX_NAME_LENGTH = 253;
    public static final String QUALIFIED_NAME = "(" + NAME + "/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    /** Keys of labels and annotations that are reserved for Kubernetes, Kueue and FileJob. */
    static final String RESERVED = "(([-a-z0-9.]+[.])?filejob[.]io|kubernetes[.]io|batch[.]kubernetes[.]io"
            + "|([-a-z0-9.]+[.])?kueue[.]x-k8s[.]io)/.*|app[.]kubernetes[.]io/managed-by|job-name|controller-uid";

    static final long MAX_KEY_LENGTH = 317;
    public static final String LABEL_VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?";
    static final long MAX_VALUE_LENGTH = 63;
    static final long MAX_ANNOTATION_LENGTH = 4096;
    static final long MAX = 64;

    /** Copies the lists and maps. */
    public PodSpec {
        nodeSelector = nodeSelector == null ? null : Map.copyOf(nodeSelector);
        tolerations = tolerations == null ? null : List.copyOf(tolerations);
        annotations = annotations == null ? null : Map.copyOf(annotations);
        labels = labels == null ? null : Map.copyOf(labels);
    }
}
