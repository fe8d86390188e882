package io.filejob.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Collects the problems of a manifest while it is checked. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();
    private final NavigableSet<String> fields = new TreeSet<>();
    private final Set<String> misspelt = new HashSet<>();
    private final Set<String> badKeys = new HashSet<>();

    /** Adds a problem of the field with this path. */
    public void add(String field, String message) {
        found.add(new Problem(field, message));
        fields.add(field);
    }

    /** Adds a problem of a field that its record does not have. */
    public void addUnknown(String record, String field, String message) {
        add(field, message);
        misspelt.add(record);
    }

    /** Returns whether a record has unknown fields, any of which may be a misspelt one. */
    boolean hasUnknown(String record) {
        return misspelt.contains(record);
    }

    /** Marks a problem of an entry of a map as one of its key. */
    public void markBadKey(String entry) {
        badKeys.add(entry);
    }

    /** Returns whether the key of an entry of a map has a problem. */
    boolean hasBadKey(String entry) {
        return badKeys.contains(entry);
    }

    /** Returns whether this field itself has a problem, and not only fields below it. */
    public boolean isAt(String field) {
        return fields.contains(field);
    }

    /** Returns whether this field and all fields below it are free of problems, so that a rule may read its value. */
    public boolean noneAt(String field) {
        return !fields.contains(field) && noneBeginsWith(field + ".") && noneBeginsWith(field + "[");
    }

    private boolean noneBeginsWith(String prefix) {
        String next = fields.ceiling(prefix);
        return next == null || !next.startsWith(prefix);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the problems in the order in which they were found. */
    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** Returns a value as messages show it: truncated, and with text in quotes. */
    public static String show(JsonNode value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
