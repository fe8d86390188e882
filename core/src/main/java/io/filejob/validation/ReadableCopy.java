package io.filejob.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.generator.annotation.Required;
import io.filejob.value.ByteSize;
import io.filejob.value.EnumNames;
import io.filejob.value.Json;
import io.filejob.value.ResourceQuantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Copies a tree that may have problems into one that can be bound to its records: values with problems are replaced by
 * others of the right type, so that rules can tell that a field is set, and elements keep their positions. A rule that
 * reads such a value must be skipped.
 */
final class ReadableCopy {
    /** Replaces texts with problems; equal to no text of a manifest. */
    private static final String TEXT = "\0";

    private final Problems problems;

    ReadableCopy(Problems problems) {
        this.problems = problems;
    }

    /** Returns a copy of {@code node} for the record {@code type}; {@code path} is the field. */
    ObjectNode of(JsonNode node, Class<?> type, String path) {
        ObjectNode copy = Json.object();
        for (RecordField field : RecordField.of(type)) {
            String name = field.name();
            JsonNode value = node.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                copy.set(name, value(value, field.genericType(), path + "." + name));
            } else if (field.type() == List.class && isRequired(type, name)) {
                copy.putArray(name);
            }
        }
        return copy;
    }

    private JsonNode value(JsonNode value, Type type, String path) {
        if (type instanceof ParameterizedType container) {
            return container.getRawType() == Map.class
                    ? map(value, container.getActualTypeArguments()[1], path)
                    : list(value, container.getActualTypeArguments()[0], path);
        }
        Class<?> single = (Class<?>) type;
        if (single.isRecord() && single != ByteSize.class && single != ResourceQuantity.class) {
            return of(value, single, path);
        }
        return problems.noneAt(path) ? value : substitute(single);
    }

    private ArrayNode list(JsonNode value, Type element, String path) {
        ArrayNode copy = Json.object().arrayNode();
        for (int i = 0; value.isArray() && !problems.isAt(path) && i < value.size(); i++) {
            copy.add(value(value.get(i), element, path + "[" + i + "]"));
        }
        return copy;
    }

    private ObjectNode map(JsonNode value, Type element, String path) {
        ObjectNode copy = Json.object();
        if (value.isObject() && !problems.isAt(path)) {
            value.properties()
                    .forEach(entry ->
                            copy.set(entry.getKey(), value(entry.getValue(), element, path + "." + entry.getKey())));
        }
        return copy;
    }

    private static JsonNode substitute(Class<?> type) {
        if (type.isEnum()) {
            return TextNode.valueOf(EnumNames.of(type).getFirst());
        }
        if (type == Boolean.class) {
            return BooleanNode.FALSE;
        }
        return type == String.class ? TextNode.valueOf(TEXT) : IntNode.valueOf(1);
    }

    private static boolean isRequired(Class<?> type, String component) {
        return Arrays.stream(type.getDeclaredFields())
                .anyMatch(field -> field.getName().equals(component) && field.isAnnotationPresent(Required.class));
    }
}
