package io.filejob.manifest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.filejob.api.DeclaredOperations;
import io.filejob.api.OperationSpec;
import io.filejob.status.FileJobStatus;
import io.filejob.validation.OneOf;
import io.filejob.validation.Problems;
import io.filejob.validation.ScalarCheck;
import io.filejob.value.ByteSize;
import io.filejob.value.ResourceQuantity;
import io.filejob.value.Spelling;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks the structure of a tree against its records and their schema annotations, from which the custom resource's
 * schema is generated too: unknown fields at every depth, required and mutually exclusive fields, nulls, lists and maps.
 * {@link ScalarCheck} checks single values.
 */
final class SchemaCheck {
    private static final String NOT_A_MAPPING = " is not a mapping of fields";
    private static final String NULL = "is null, as if it were not there: give it a value, or leave it out";
    private static final String NULL_TEXT =
            "is null, as if it were not there: write a text in quotes, for example \"NULL\", or leave it out";
    /** Fields that Kubernetes' own tools write into every manifest. */
    private static final String OFTEN_NULL = "metadata.creationTimestamp";

    private final Problems problems;
    private final ScalarCheck scalars;

    private SchemaCheck(Problems problems) {
        this.problems = problems;
        this.scalars = new ScalarCheck(problems);
    }

    static void check(JsonNode tree, Class<? extends Record> type, Problems problems) {
        new SchemaCheck(problems).object(tree, type, "");
    }

    private void object(JsonNode node, Class<?> type, String path) {
        if (!node.isObject()) {
            problems.add(path, Problems.show(node) + NOT_A_MAPPING);
            return;
        }
        Map<String, Class<?>> declared = type == OperationSpec.class ? DeclaredOperations.others() : Map.of();
        List<String> known = Stream.concat(
                        Arrays.stream(type.getRecordComponents())
                                .filter(SchemaCheck::isMember)
                                .map(RecordComponent::getName),
                        declared.keySet().stream())
                .toList();
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown(path, name, known);
            }
        });
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = fieldOf(type, component);
            String fieldPath = path.isEmpty() ? component.getName() : path + "." + component.getName();
            JsonNode value = node.path(component.getName());
            if (component.getType() == FileJobStatus.class || !isMember(component)) {
                continue;
            }
            if (value.isMissingNode() || value.isNull()) {
                if (field.isAnnotationPresent(Required.class)) {
                    problems.add(fieldPath, "is required" + IdentityCheck.remedy(fieldPath));
                } else if (value.isNull()) {
                    none(component.getType(), fieldPath);
                }
            } else {
                value(value, component.getAnnotatedType(), field, fieldPath);
            }
        }
        declared.forEach((name, settings) -> {
            if (node.has(name)) {
                object(node.get(name), settings, path + "." + name);
            }
        });
        if (type.isAnnotationPresent(OneOf.class)) {
            exactlyOne(
                    node,
                    path,
                    Stream.concat(Arrays.stream(type.getAnnotation(OneOf.class).value()), declared.keySet().stream())
                            .toList());
        }
    }

    /** Returns whether the component is a member of its own, and not a map of all other members. */
    private static boolean isMember(RecordComponent component) {
        return !component.getAccessor().isAnnotationPresent(JsonAnyGetter.class);
    }

    /** Rejects nulls: Kubernetes drops them silently, so that a different job would run. */
    private void none(Class<?> type, String path) {
        problems.add(
                path,
                type.isRecord() && type != ByteSize.class && type != ResourceQuantity.class
                        ? "is empty: leave it out, or write {} for its defaults"
                        : type == String.class ? NULL_TEXT : NULL);
    }

    private void exactlyOne(JsonNode node, String path, List<String> members) {
        List<String> set = members.stream().filter(node::hasNonNull).toList();
        if (set.size() == 1 || (set.isEmpty() && !problems.noneAt(path))) {
            return;
        }
        problems.add(
                path,
                (set.isEmpty() ? OneOf.NONE : String.join(" and ", set) + OneOf.SEVERAL)
                        + (members.size() == 1 ? OneOf.SET : OneOf.SET_ONE)
                        + String.join(", ", members));
    }

    private void unknown(String path, String name, List<String> known) {
        String field = path.isEmpty() ? name : path + "." + name;
        String hint = Spelling.hint(name, known);
        problems.addUnknown(
                path,
                field,
                known.isEmpty()
                        ? "is unknown: there are no fields here"
                        : "is unknown" + (hint.isEmpty() ? ": known are " + String.join(", ", known) : hint));
    }

    /** Checks a value against the limits of {@code annotated}: the field, or the element type of a list or map. */
    private void value(JsonNode value, AnnotatedType type, AnnotatedElement annotated, String path) {
        if (type instanceof AnnotatedParameterizedType container) {
            if (container.getType() instanceof ParameterizedType of && of.getRawType() == List.class) {
                list(value, container.getAnnotatedActualTypeArguments()[0], annotated, path);
            } else {
                map(value, container.getAnnotatedActualTypeArguments(), annotated, path);
            }
        } else {
            single(value, (Class<?>) type.getType(), annotated, path);
        }
    }

    private void single(JsonNode value, Class<?> type, AnnotatedElement annotated, String path) {
        if (type == JsonNode.class) {
            if (!value.isObject()) {
                problems.add(path, Problems.show(value) + NOT_A_MAPPING);
            }
            nulls(value, path);
        } else if (ScalarCheck.isScalar(type)) {
            scalars.check(value, type, annotated, path);
        } else {
            object(value, type, path);
        }
    }

    /** Reports the nulls in a tree of unchecked fields. */
    private void nulls(JsonNode value, String path) {
        value.properties().forEach(entry -> {
            String field = path + "." + entry.getKey();
            if (entry.getValue().isNull() && !field.equals(OFTEN_NULL)) {
                problems.add(field, NULL);
            }
            nulls(entry.getValue(), field);
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            String item = path + "[" + i + "]";
            if (value.get(i).isNull()) {
                problems.add(item, NULL);
            }
            nulls(value.get(i), item);
        }
    }

    private void list(JsonNode value, AnnotatedType elements, AnnotatedElement annotated, String path) {
        if (!value.isArray()) {
            problems.add(path, Problems.show(value) + " is not a list");
        } else if (fits(value, annotated, path)) {
            for (int i = 0; i < value.size(); i++) {
                value(value.get(i), elements, elements, path + "[" + i + "]");
            }
        }
    }

    private void map(JsonNode value, AnnotatedType[] types, AnnotatedElement annotated, String path) {
        if (!value.isObject()) {
            problems.add(path, Problems.show(value) + NOT_A_MAPPING);
        } else if (fits(value, annotated, path)) {
            value.properties().forEach(entry -> {
                String entryPath = path + "." + entry.getKey();
                scalars.text(TextNode.valueOf(entry.getKey()), types[0], entryPath);
                if (problems.isAt(entryPath)) {
                    problems.markBadKey(entryPath);
                }
                value(entry.getValue(), types[1], types[1], entryPath);
            });
        }
    }

    private boolean fits(JsonNode value, AnnotatedElement annotated, String path) {
        Size size = annotated.getAnnotation(Size.class);
        if (size == null || value.size() <= size.max()) {
            return true;
        }
        problems.add(path, value.size() + " entries are more than " + size.max() + ": use " + size.max() + " or less");
        return false;
    }

    private static Field fieldOf(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a record without the field of its component", e);
        }
    }
}
