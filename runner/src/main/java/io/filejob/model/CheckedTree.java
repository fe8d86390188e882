package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A manifest's tree and the problems found in it so far, for the rules between its fields. */
record CheckedTree(JsonNode root, Problems problems) {
    /** Returns the value of a field, given as names with dots and indexes, or a missing node. */
    JsonNode at(String field) {
        return root.at("/" + field.replace('.', '/').replaceAll("\\[([0-9]+)]", "/$1"));
    }

    /** Returns whether a field has a value. */
    boolean isSet(String field) {
        return !at(field).isMissingNode() && !at(field).isNull();
    }

    /** Returns a field's text. */
    String textOr(String field, String otherwise) {
        return at(field).isTextual() ? at(field).textValue() : otherwise;
    }

    /** Returns the record that a field is bound to; empty if the field is not set or has a problem. */
    <T> Optional<T> bound(String field, Class<T> type) {
        if (!isSet(field) || !problems.noneAt(field)) {
            return Optional.empty();
        }
        return Optional.of(Json.bind(at(field), type));
    }

    /**
     * Returns whether rules may read these members of the record {@code field}: each has a value without problems, or is
     * certainly absent, and not misspelt.
     */
    boolean isKnown(String field, String... members) {
        return Arrays.stream(members)
                .map(member -> field + "." + member)
                .allMatch(path -> problems.noneAt(path) && (isSet(path) || !problems.hasUnknown(field)));
    }

    /**
     * Returns the record that a field is bound to, without the members that have problems and with empty lists for
     * required ones; empty if the field is not a mapping. A rule may read only the members that {@link #isKnown}.
     */
    <T extends Record> Optional<T> partlyBound(String field, Class<T> type) {
        if (!at(field).isObject()) {
            return Optional.empty();
        }
        ObjectNode known = Json.object();
        for (RecordComponent component : type.getRecordComponents()) {
            String path = field + "." + component.getName();
            if (isSet(path) && problems.noneAt(path)) {
                known.set(component.getName(), at(path));
            } else if (component.getType() == List.class && isRequired(type, component.getName())) {
                known.putArray(component.getName());
            }
        }
        return Optional.of(Json.bind(known, type));
    }

    private static boolean isRequired(Class<?> type, String component) {
        return Arrays.stream(type.getDeclaredFields())
                .anyMatch(field -> field.getName().equals(component) && field.isAnnotationPresent(Required.class));
    }

    /** Calls {@code check} with each element of a list that has no problems, and its path. */
    <T> void forEachIn(String list, Class<T> type, BiConsumer<T, String> check) {
        for (int i = 0; i < at(list).size(); i++) {
            String path = list + "[" + i + "]";
            bound(path, type).ifPresent(element -> check.accept(element, path));
        }
    }

    /** Adds a problem of a field. */
    void refuse(String field, String message) {
        problems.add(field, message);
    }

    /** Returns a text as messages show it. */
    static String show(String text) {
        return Problems.show(TextNode.valueOf(text));
    }
}
