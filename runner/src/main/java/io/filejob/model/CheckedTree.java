package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** A manifest's tree and what has been found wrong with it so far, for the rules between its fields. */
record CheckedTree(JsonNode root, Problems problems) {
    /** The value of a field, given as names with dots; missing where there is none. */
    JsonNode at(String field) {
        return root.at("/" + field.replace('.', '/'));
    }

    /** Whether a field has a value. */
    boolean isSet(String field) {
        return !at(field).isMissingNode() && !at(field).isNull();
    }

    /** A field's text. */
    String textOr(String field, String otherwise) {
        return at(field).isTextual() ? at(field).textValue() : otherwise;
    }

    /** The record that a field is bound to; none where it is not set or there is something wrong within. */
    <T> Optional<T> bound(String field, Class<T> type) {
        if (!isSet(field) || !problems.noneAt(field)) {
            return Optional.empty();
        }
        return Optional.of(Json.bind(at(field), type));
    }

    /** Says what is wrong with a field. */
    void refuse(String field, String message) {
        problems.add(field, message);
    }

    /** A text as messages show it. */
    static String show(String text) {
        return Problems.show(TextNode.valueOf(text));
    }
}
