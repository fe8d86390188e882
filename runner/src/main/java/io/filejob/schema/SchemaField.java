package io.filejob.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.filejob.value.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A field of a manifest as the JSON Schema describes it.
 *
 * @param path its path, for example {@code spec.input}; empty for the whole manifest
 * @param name the last name of the path
 * @param schema the schema of its value
 * @param isRequired whether the object around it must have it
 */
public record SchemaField(String path, String name, JsonNode schema, boolean isRequired) {
    /** The maximum number of paths in a hint. */
    private static final int MAX_HINTS = 3;

    /** Returns the whole manifest. */
    public static SchemaField root() {
        try {
            return new SchemaField("", "", new ObjectMapper().readTree(PublishedSchema.text()), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the field at {@code path}, as kubectl takes it: the name of the resource may come first, and elements of lists
     * may have brackets. Throws {@link IllegalArgumentException} with similar fields if it does not exist.
     */
    public static SchemaField find(String path) {
        SchemaField field = root();
        String names = path.strip().replaceAll("\\[[^\\]]*\\]", "").replaceFirst("(?i)^(filejobs?|fj)(?=[.]|$)", "");
        for (String name : names.split("[.]", -1)) {
            if (!name.isEmpty()) {
                field = field.child(name);
            }
        }
        return field;
    }

    private SchemaField child(String name) {
        JsonNode object = object();
        JsonNode any = object.path("additionalProperties");
        if (any.isObject()) {
            return new SchemaField(below(name), name, any, false);
        }
        return Stream.concat(children().stream(), written())
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(below(name) + ": is unknown" + hint(name)));
    }

    /** Returns the fields with a pattern for a name, which are not suggested: the status. */
    private Stream<SchemaField> written() {
        return schema.path("patternProperties").properties().stream().map(entry -> {
            String name = entry.getKey().replaceAll("[$^]", "");
            return new SchemaField(below(name), name, entry.getValue(), false);
        });
    }

    private String hint(String name) {
        List<String> known = children().stream().map(SchemaField::name).toList();
        Optional<String> nearest = Spelling.nearest(name, known);
        if (nearest.isPresent()) {
            return "; did you mean " + below(nearest.get()) + "?";
        }
        String elsewhere = root().descendants()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(SchemaField::path)
                .limit(MAX_HINTS)
                .collect(Collectors.joining(" or "));
        if (!elsewhere.isEmpty()) {
            return "; did you mean " + elsewhere + "?";
        }
        return known.isEmpty() ? ": there are no fields here" : ": known are " + String.join(", ", known);
    }

    private String below(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Returns the fields of the value, or of the elements of a list. */
    public List<SchemaField> children() {
        JsonNode object = object();
        List<String> required = texts(object.path("required"));
        return object.path("properties").properties().stream()
                .map(entry -> new SchemaField(
                        below(entry.getKey()), entry.getKey(), entry.getValue(), required.contains(entry.getKey())))
                .toList();
    }

    /** Returns the fields below this one, at all depths, in the order of the schema. */
    public Stream<SchemaField> descendants() {
        return children().stream().flatMap(child -> Stream.concat(Stream.of(child), child.descendants()));
    }

    /** Returns the schema of the value, or of the elements of a list. */
    private JsonNode object() {
        return schema.path("items").isObject() ? schema.path("items") : schema;
    }

    /** Returns the alternatives of which exactly one must be set; empty if there are none. */
    public List<String> alternatives() {
        return StreamSupport.stream(object().path("oneOf").spliterator(), false)
                .map(alternative -> alternative.at("/required/0").asText())
                .toList();
    }

    /** Returns a member of the schema of the value, or of the elements of a list. */
    JsonNode limit(String name) {
        JsonNode own = schema.path(name);
        return own.isMissingNode() && schema.has("items") ? schema.path("items").path(name) : own;
    }

    /** Returns the type in kubectl's words, for example {@code []string}. */
    public String type() {
        return type(schema);
    }

    private static String type(JsonNode schema) {
        if (schema.path("items").isObject()) {
            return "[]" + type(schema.path("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            return "map[string]" + type(schema.path("additionalProperties"));
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return String.join(" or ", texts(type));
        }
        return type.asText().equals("object") ? "Object" : type.asText();
    }

    /** Returns the description; empty if there is none. */
    public String description() {
        return schema.path("description").asText();
    }

    static List<String> texts(JsonNode array) {
        return array instanceof MissingNode
                ? List.of()
                : StreamSupport.stream(array.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }
}
