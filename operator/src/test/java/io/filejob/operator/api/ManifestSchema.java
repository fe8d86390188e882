package io.filejob.operator.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.generator.annotation.Pattern;
import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.validation.OneOf;
import io.filejob.value.ByteSize;
import io.filejob.value.Identifier;
import io.filejob.value.Location;
import io.filejob.value.PatternText;
import io.filejob.value.ResourceQuantity;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates the JSON Schema of manifests from the custom resource definition and the records of the spec. It has what an
 * editor can check: fields, types, ranges, patterns and alternatives. Rules that depend on several fields are left to {@code
 * filejob validate} and the API server.
 */
final class ManifestSchema {
    private static final String NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";
    private static final String NOT_A_NAME =
            " is not a name: use at most 253 lower case letters, digits, '-' and '.', with a letter or digit at both ends";
    private static final String CONTROL = "\\u0000-\\u001f\\u007f-\\u009f";
    /** Names are limited in bytes, which a pattern cannot count. */
    private static final String EACH = "{1," + Identifier.MAX_LENGTH + "}";

    private static final String NOT_ZERO = "(?!0+([.]0+)?[a-zA-Z]*$)";
    private static final String FILE_OR_S3 = "([fF][iI][lL][eE]|s3):";

    private ManifestSchema() {}

    /** Returns the schema, always the same for the same records. */
    static String json() throws JsonProcessingException {
        JsonNode definition =
                new YAMLMapper().readTree(Definition.yaml()).at("/spec/versions/0/schema/openAPIV3Schema");
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode schema = json.createObjectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", FileJob.KIND);
        schema.set("description", definition.get("description"));
        schema.put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        fixed(fields, "apiVersion", FileJob.API_VERSION, "The version of the schema.");
        fixed(fields, "kind", FileJob.KIND, "The kind of the object.");
        metadata(fields);
        ObjectNode spec = fields.set("spec", definition.at("/properties/spec")).withObject("/spec");
        record(spec, FileJobSpec.class);
        plain(spec);
        // Editors do not suggest the names of patterns.
        schema.putObject("patternProperties")
                .putObject("^status$")
                .put("description", "The state of the job, which FileJob writes; leave it out.")
                .put("type", "object");
        schema.putArray("required")
                .add("apiVersion")
                .add("kind")
                .add("metadata")
                .add("spec");
        schema.put("additionalProperties", false);
        return json.writeValueAsString(schema) + "\n";
    }

    private static void fixed(ObjectNode fields, String name, String value, String description) {
        fields.putObject(name)
                .put("description", description)
                .put("type", "string")
                .putArray("enum")
                .add(value);
    }

    private static void metadata(ObjectNode fields) {
        ObjectNode metadata = fields.putObject("metadata")
                .put("description", "Name, labels and annotations of the object.")
                .put("type", "object");
        metadata.putArray("required").add("name");
        ObjectNode members = metadata.putObject("properties");
        members.putObject("name")
                .put("description", "The name: lower case letters, digits, '-' and '.'.")
                .put("type", "string");
        pattern(members.withObject("/name"), whole(NAME), NOT_A_NAME);
        members.putObject("namespace")
                .put("description", "The namespace, in a cluster.")
                .put("type", "string");
        texts(members, "labels", "Labels, by which objects are selected.");
        texts(members, "annotations", "Annotations, for example notes of tools.");
    }

    private static void texts(ObjectNode members, String name, String description) {
        members.putObject(name)
                .put("description", description)
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string");
    }

    /** Adds to the schema of a record the limits that the definition states as rules. */
    private static void record(ObjectNode schema, Class<?> type) {
        schema.put("additionalProperties", false);
        if (type.isAnnotationPresent(OneOf.class)) {
            for (String member : type.getAnnotation(OneOf.class).value()) {
                schema.withArray("oneOf").addObject().putArray("required").add(member);
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
                value(
                        schema.withObject("/properties").withObject("/" + component.getName()),
                        component.getAnnotatedType(),
                        SchemaOverlay.fieldOf(type, component));
            }
        }
    }

    private static void value(ObjectNode schema, AnnotatedType type, AnnotatedElement annotated) {
        if (type instanceof AnnotatedParameterizedType container) {
            AnnotatedType[] arguments = container.getAnnotatedActualTypeArguments();
            if (arguments.length == 1) {
                value(schema.withObject("/items"), arguments[0], arguments[0]);
            } else {
                text(schema.putObject("propertyNames"), arguments[0]);
                value(schema.withObject("/additionalProperties"), arguments[1], arguments[1]);
            }
        } else {
            single(schema, (Class<?>) type.getType(), annotated);
        }
    }

    private static void single(ObjectNode schema, Class<?> type, AnnotatedElement annotated) {
        if (type == ByteSize.class) {
            String words = " is " + ByteSize.NOT_A_SIZE + ByteSize.REMEDY;
            quantity(schema, NOT_ZERO + ByteSize.PATTERN, words, "integer", 1);
        } else if (type == ResourceQuantity.class) {
            quantity(schema, ResourceQuantity.PATTERN, ResourceQuantity.WORDS, "number", 0);
        } else if (type.isRecord()) {
            record(schema, type);
        } else if (type == Long.class || type == Integer.class) {
            if (!schema.has("maximum")) {
                schema.put("maximum", type == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE);
            }
        } else if (type == String.class) {
            text(schema, annotated);
        }
    }

    private static void quantity(ObjectNode schema, String pattern, String words, String number, int minimum) {
        schema.putArray("type").add(number).add("string");
        pattern(schema.put("minimum", minimum), whole(pattern), words);
    }

    private static void text(ObjectNode schema, AnnotatedElement annotated) {
        if (annotated.isAnnotationPresent(Pattern.class)) {
            String pattern = annotated.getAnnotation(Pattern.class).value();
            pattern(schema, whole(pattern), PatternText.problem(pattern));
        } else if (annotated.isAnnotationPresent(Location.class)) {
            location(schema, annotated.getAnnotation(Location.class).value());
        } else if (annotated.isAnnotationPresent(Identifier.class)) {
            boolean qualified = annotated.getAnnotation(Identifier.class).qualified();
            String syntax = (qualified ? Identifier.ONE_OR_TWO : Identifier.ONE).replace("\\p{Cc}", CONTROL);
            pattern(
                    schema,
                    whole(qualified ? syntax.replace("+", EACH) : syntax),
                    qualified ? Identifier.NOT_ONE_OR_TWO : Identifier.NOT_ONE);
        }
    }

    private static void location(ObjectNode schema, Location.Reach reach) {
        ArrayNode all = schema.putArray("allOf");
        pattern(all.addObject(), "\\S", Location.BLANK);
        pattern(
                all.addObject(),
                "^(?!" + Location.SCHEME + ")|^" + reach.scheme(),
                Location.ELSEWHERE + reach.remedy());
        pattern(all.addObject(), "^(?!" + FILE_OR_S3 + "[\\s\\S]*%00)[^\\u0000]*$", Location.HOLDS_NUL);
        if (reach != Location.Reach.MACHINE) {
            scheme(all, Location.S3_SCHEME, Location.S3_PLACE, Location.NOT_S3);
        }
        if (reach == Location.Reach.ANYWHERE) {
            scheme(all, Location.HTTP_SCHEME, Location.HTTP_PLACE, Location.NOT_HTTP);
        }
    }

    private static void scheme(ArrayNode all, String scheme, String location, String words) {
        pattern(all.addObject(), "^(?!" + scheme + ")|^" + scheme + location + "$", words);
    }

    /** Sets a pattern, and the message that editors show instead of it. */
    private static void pattern(ObjectNode schema, String pattern, String words) {
        schema.put("pattern", pattern).put("patternErrorMessage", "The text" + words);
    }

    /** Removes the members that only API servers understand. */
    private static void plain(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.stream().filter(name -> name.startsWith("x-kubernetes-")).forEach(object::remove);
            // The definition has bounds of integers as 1.0.
            object.properties().stream()
                    .filter(entry ->
                            entry.getValue().isDouble() && entry.getValue().canConvertToExactIntegral())
                    .forEach(entry ->
                            entry.setValue(LongNode.valueOf(entry.getValue().longValue())));
        }
        schema.forEach(ManifestSchema::plain);
    }

    private static String whole(String pattern) {
        return "^(" + pattern + ")$";
    }
}
