package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Collects what is wrong with a manifest while it is checked. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final NavigableSet<String> fields = new TreeSet<>();

    void add(String field, String message) {
        found.add(new Problem(field, message));
        fields.add(field);
    }

    /** Whether nothing is wrong with this field or below it, so that a rule may look at its value. */
    boolean noneAt(String field) {
        return !fields.contains(field) && noneBeginsWith(field + ".") && noneBeginsWith(field + "[");
    }

    private boolean noneBeginsWith(String prefix) {
        String next = fields.ceiling(prefix);
        return next == null || !next.startsWith(prefix);
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
