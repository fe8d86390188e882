package io.filejob.service.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The fields of a form about a new job. An empty field counts as absent. */
record FormFields(MultivaluedMap<String, String> values) {
    /** Returns the text of a field, {@code missing} if it is empty. */
    String text(String name, String missing) {
        String value = Objects.requireNonNullElse(values.getFirst(name), "").strip();
        return value.isEmpty() ? missing : value;
    }

    /** Returns the texts of the fields with a name, in order, with empty ones. */
    List<String> texts(String name) {
        return Objects.requireNonNullElse(values.get(name), List.<String>of()).stream()
                .map(String::strip)
                .toList();
    }

    /** Returns the texts of the fields with a name that are not empty. */
    List<String> chosen(String name) {
        return texts(name).stream().filter(text -> !text.isEmpty()).toList();
    }

    /** Returns whether a box is ticked. */
    boolean isTicked(String name) {
        return values.containsKey(name);
    }

    /** Puts a text into {@code object} under the name of its field, unless it is empty. */
    void putText(ObjectNode object, String name) {
        String value = text(name, "");
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    /**
     * Puts a number into {@code object} under the name of its field, {@code missing} if it is empty. Other texts are put
     * as they are, so that the check of the manifest names them.
     */
    void putNumber(ObjectNode object, String name, String missing) {
        String value = text(name, missing);
        if (value.matches("[+-]?[0-9]{1,18}")) {
            object.put(name, Long.parseLong(value));
        } else if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    /** Puts a list of texts into {@code object}, unless it is empty. */
    void putList(ObjectNode object, String name) {
        List<String> all = chosen(name);
        if (!all.isEmpty()) {
            ArrayNode list = object.putArray(name);
            all.forEach(list::add);
        }
    }

    /** Returns the value of a form's control by the field's name, for templates. */
    public Function<String, String> value() {
        return name -> text(name, "");
    }
}
