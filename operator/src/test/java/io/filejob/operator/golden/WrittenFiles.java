package io.filejob.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.operator.golden.ObservedCluster.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The requests of the operator as files, in the order of the requests. */
final class WrittenFiles {
    private WrittenFiles() {}

    /** Returns the content of the files by their names. */
    static Map<String, String> of(List<Change> changes) {
        Map<String, List<JsonNode>> files = new TreeMap<>();
        for (Change change : changes) {
            files.computeIfAbsent("out-" + name(change) + ".yaml", _ -> new ArrayList<>())
                    .add(document(change));
        }
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, documents) -> texts.put(name, Yaml.write(documents)));
        return texts;
    }

    private static String name(Change change) {
        String type = change.plural().substring(0, change.plural().length() - 1);
        return change.isOfStatus()
                ? "status"
                : switch (change.verb()) {
                    case "POST" -> type;
                    case "PATCH", "DELETE" -> change.verb().toLowerCase(Locale.ROOT) + "-" + type;
                    default -> throw new AssertionError("unexpected request: " + change);
                };
    }

    private static JsonNode document(Change change) {
        if (change.isOfStatus()) {
            return change.body().path("status");
        }
        return switch (change.verb()) {
            case "POST" -> change.plural().equals("events") ? brief(change.body()) : change.body();
            case "DELETE" -> deletion(change);
            default -> ((ObjectNode) change.body()).put("name", change.name());
        };
    }

    private static JsonNode deletion(Change change) {
        ObjectNode deletion = JsonNodeFactory.instance.objectNode();
        if (!change.name().isEmpty()) {
            return deletion.put("name", change.name())
                    .set("propagationPolicy", change.body().path("propagationPolicy"));
        }
        return deletion.put("query", change.query());
    }

    /** Returns the parts of an event that do not depend on the FileJob's name and the time. */
    private static JsonNode brief(JsonNode event) {
        ObjectNode brief = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("type", "reason", "action", "message")) {
            brief.set(field, event.path(field));
        }
        return brief;
    }
}
