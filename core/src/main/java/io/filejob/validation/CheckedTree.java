package io.filejob.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.filejob.value.Json;
import java.util.Optional;

/** A manifest's tree and the problems found in it so far, for the rules between its fields. */
public record CheckedTree(JsonNode root, Problems problems) {
    /** Returns the value of a field, given as names with dots and indexes, or a missing node. */
    public JsonNode at(String field) {
        return root.at("/" + field.replace('.', '/').replaceAll("\\[([0-9]+)]", "/$1"));
    }

    /** Returns whether a field has a value. */
    boolean isSet(String field) {
        return !at(field).isMissingNode() && !at(field).isNull();
    }

    /** Returns a field's text. */
    public String textOr(String field, String otherwise) {
        return at(field).isTextual() ? at(field).textValue() : otherwise;
    }

    /** Returns the record that a field is bound to; empty if the field is not set or has a problem. */
    public <T> Optional<T> bound(String field, Class<T> type) {
        if (!isSet(field) || !problems.noneAt(field)) {
            return Optional.empty();
        }
        return Optional.of(Json.bind(at(field), type));
    }

    /** Adds a problem of a field. */
    public void refuse(String field, String message) {
        problems.add(field, message);
    }

    /** Returns a text as messages show it. */
    public static String show(String text) {
        return Problems.show(TextNode.valueOf(text));
    }
}
