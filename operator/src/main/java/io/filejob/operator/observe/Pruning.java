package io.filejob.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.filejob.security.Sha256;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps only the parts of watched objects that decisions depend on: no managed fields, containers or volumes, and only
 * labels and annotations with known prefixes. The omitted parts may be large, and users control most of them.
 */
public final class Pruning {
    /** Maximum number of labels or annotations kept per object. */
    private static final int MAX_ENTRIES = 32;
    /** Values longer than this are replaced by their digests. */
    private static final int MAX_VALUE_LENGTH = 1024;

    private static final List<String> PREFIXES =
            List.of("filejob.io/", "kueue.x-k8s.io/", "batch.kubernetes.io/", "app.kubernetes.io/managed-by");

    private Pruning() {}

    /** Returns a serialization that prunes objects, and reads metadata as ConfigMaps without contents. */
    static KubernetesSerialization serialization() {
        ObjectMapper mapper = JsonMapper.builder()
                // The API server writes an empty list of metadata as null.
                .withConfigOverride(
                        List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .addMixIn(ObjectMeta.class, Metadata.class)
                .addMixIn(PodSpec.class, Pod.class)
                .addMixIn(ConfigMap.class, NamedAsItIs.class)
                .build();
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, true);
        serialization.registerKubernetesResource("meta.k8s.io/v1", "PartialObjectMetadata", ConfigMap.class);
        return serialization;
    }

    /**
     * Returns the stored form of the value of a label or an annotation: the value itself, or its digest if it is long.
     */
    public static String kept(String value) {
        return value.length() <= MAX_VALUE_LENGTH ? value : Sha256.of(value);
    }

    @JsonIgnoreProperties({"managedFields", "selfLink"})
    abstract static class Metadata {
        @JsonDeserialize(using = KnownEntries.class)
        abstract void setAnnotations(Map<String, String> annotations);

        @JsonDeserialize(using = KnownEntries.class)
        abstract void setLabels(Map<String, String> labels);
    }

    /**
     * Ignores the type of a ConfigMap's metadata (PartialObjectMetadata): requests for it would address a resource that
     * does not exist.
     */
    @JsonIgnoreProperties({"apiVersion", "kind"})
    abstract static class NamedAsItIs {}

    @JsonIgnoreProperties({"affinity", "containers", "ephemeralContainers", "initContainers", "tolerations", "volumes"})
    abstract static class Pod {}

    private static final class KnownEntries extends JsonDeserializer<Map<String, String>> {
        @Override
        public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Map<String, String> entries = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                if (entries.size() < MAX_ENTRIES && PREFIXES.stream().anyMatch(key::startsWith)) {
                    entries.put(key, kept(parser.getValueAsString("")));
                } else {
                    parser.skipChildren();
                }
            }
            return entries;
        }
    }
}
