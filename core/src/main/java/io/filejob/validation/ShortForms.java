package io.filejob.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.filejob.value.ByteSize;
import io.filejob.value.Json;
import io.filejob.value.ResourceQuantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Replaces short forms in a tree by the long ones, which the API server requires: one value for a list of one, a list of
 * one for a single value, a number or boolean for a text, and a text for a record with a {@link ShortForm}. All other
 * values stay as they are, for the checks.
 */
public final class ShortForms {
    private final Function<String, String> texts;
    private final List<String> expanded = new ArrayList<>();

    private ShortForms(Function<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Expands the short forms in {@code tree}, a record of type {@code type} at {@code path}, in place.
     *
     * @param texts returns the text of a scalar as it is written in the manifest, by its field; an empty text if it is not
     *     known
     * @return the fields that were expanded
     */
    public static List<String> expand(
            JsonNode tree, Class<? extends Record> type, String path, Function<String, String> texts) {
        ShortForms forms = new ShortForms(texts);
        forms.members(tree, type, path, path);
        return List.copyOf(forms.expanded);
    }

    private void members(JsonNode node, Class<?> type, String path, String source) {
        if (node instanceof ObjectNode object) {
            for (RecordField field : RecordField.of(type)) {
                JsonNode value = object.path(field.name());
                if (!value.isMissingNode() && !value.isNull()) {
                    String name = "." + field.name();
                    object.set(field.name(), value(value, field.genericType(), path + name, source + name));
                }
            }
        }
    }

    /** Returns the long form of the value of {@code path}, which the manifest has at {@code source}. */
    private JsonNode value(JsonNode value, Type type, String path, String source) {
        if (value.isNull()) {
            return value;
        }
        if (type instanceof ParameterizedType container) {
            return container.getRawType() == Map.class
                    ? map(value, container.getActualTypeArguments()[1], path, source)
                    : list(value, container.getActualTypeArguments()[0], path, source);
        }
        if (value.isArray() && value.size() == 1 && !value.get(0).isNull()) {
            expanded.add(path);
            return value(value.get(0), type, path, source + "[0]");
        }
        Class<?> single = (Class<?>) type;
        if (single == String.class && (value.isNumber() || value.isBoolean())) {
            expanded.add(path);
            String text = texts.apply(source);
            return TextNode.valueOf(text.isEmpty() ? value.asText() : text);
        }
        return single.isRecord() && single != ByteSize.class && single != ResourceQuantity.class
                ? record(value, single, path, source)
                : value;
    }

    private JsonNode record(JsonNode value, Class<?> type, String path, String source) {
        ShortForm form = type.getAnnotation(ShortForm.class);
        JsonNode record = value;
        if (form != null && value.isTextual() && isShort(form, value.asText())) {
            expanded.add(path);
            record = Json.object().set(form.value(), value);
        }
        members(record, type, path, source);
        return record;
    }

    private static boolean isShort(ShortForm form, String text) {
        return form.texts().length == 0 || List.of(form.texts()).contains(text);
    }

    private JsonNode list(JsonNode value, Type element, String path, String source) {
        ArrayNode list = Json.object().arrayNode();
        if (!value.isArray()) {
            expanded.add(path);
            return list.add(value(value, element, path + "[0]", source));
        }
        for (int i = 0; i < value.size(); i++) {
            list.add(value(value.get(i), element, path + "[" + i + "]", source + "[" + i + "]"));
        }
        return list;
    }

    private JsonNode map(JsonNode value, Type element, String path, String source) {
        if (value instanceof ObjectNode object && element == String.class) {
            object.properties().forEach(entry -> {
                String name = "." + entry.getKey();
                entry.setValue(value(entry.getValue(), element, path + name, source + name));
            });
        }
        return value;
    }
}
