package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a manifest while it is checked. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(String field, String message) {
        found.add(new Problem(field, message));
    }

    /** Whether nothing is wrong with this field or below it, so that a rule may look at its value. */
    boolean noneAt(String field) {
        return found.stream()
                .map(Problem::field)
                .noneMatch(f -> f.equals(field) || f.startsWith(field + ".") || f.startsWith(field + "["));
    }

    List<Problem> all() {
        return List.copyOf(found);
    }

    /** A value as a message shows it: short, and text in quotes. */
    static String show(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
