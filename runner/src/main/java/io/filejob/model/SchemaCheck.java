package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks a tree against the records it is to be bound to and their schema annotations, which the custom resource's
 * schema is generated from too: unknown fields at every depth, types, ranges, patterns, what is required.
 */
final class SchemaCheck {
    /** Parts of the specification that other versions have, so that they are not taken for misspelt ones. */
    private static final Map<String, List<String>> NOT_HERE = Map.of(
            "spec",
            List.of(
                    "suspend",
                    "rejects",
                    "memory",
                    "activeDeadlineSeconds",
                    "ttlSecondsAfterFinished",
                    "s3",
                    "volumes",
                    "pod",
                    "callback"),
            "spec.operation",
            List.of("aggregate", "ingest", "compressImages"),
            "spec.input.format.csv",
            List.of("escape", "header", "columns", "comment", "nullText", "encoding"),
            "spec.output",
            List.of("parts"));

    private final Problems problems;

    private SchemaCheck(Problems problems) {
        this.problems = problems;
    }

    static void check(JsonNode tree, Class<? extends Record> type, Problems problems) {
        new SchemaCheck(problems).object(tree, type, "");
    }

    private void object(JsonNode node, Class<?> type, String path) {
        if (!node.isObject()) {
            problems.add(path, Problems.show(node) + " is not a mapping of fields");
            return;
        }
        List<String> known = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
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
            if (component.getType() == FileJobStatus.class) {
                continue;
            }
            if (value.isMissingNode() || value.isNull()) {
                if (field.isAnnotationPresent(Required.class)) {
                    problems.add(fieldPath, "is required");
                } else if (value.isNull() && component.getType().isRecord()) {
                    problems.add(fieldPath, "is empty: leave it out, or write {} for its defaults");
                }
            } else {
                value(value, component, field, fieldPath);
            }
        }
    }

    private void unknown(String path, String name, List<String> known) {
        String field = path.isEmpty() ? name : path + "." + name;
        if (NOT_HERE.getOrDefault(path, List.of()).contains(name)) {
            problems.add(field, "is not supported by this version of FileJob, which has " + String.join(", ", known));
        } else {
            problems.add(
                    field,
                    known.isEmpty()
                            ? "is unknown: there are no fields here"
                            : "is unknown: known are " + String.join(", ", known));
        }
    }

    private void value(JsonNode value, RecordComponent component, Field field, String path) {
        Class<?> type = component.getType();
        if (type == JsonNode.class) {
            if (!value.isObject()) {
                problems.add(path, Problems.show(value) + " is not a mapping of fields");
            }
        } else if (type == Long.class || type == Integer.class) {
            integer(value, type == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE, field, path);
        } else if (type == String.class) {
            text(value, field, path);
        } else if (type == ByteSize.class) {
            size(value, path);
        } else if (type.isEnum()) {
            choice(value, type, path);
        } else if (type == List.class) {
            list(value, (ParameterizedType) component.getGenericType(), path);
        } else {
            object(value, type, path);
        }
    }

    private void integer(JsonNode value, long typeMax, Field field, String path) {
        if (!value.isIntegralNumber()) {
            problems.add(
                    path,
                    Problems.show(value) + " is not a whole number"
                            + (value.isTextual() ? ": write it without quotes" : ""));
            return;
        }
        BigInteger number = value.bigIntegerValue();
        Min min = field.getAnnotation(Min.class);
        Max max = field.getAnnotation(Max.class);
        BigInteger least = min == null ? BigInteger.valueOf(-typeMax - 1) : whole(min.value());
        BigInteger most = max == null ? BigInteger.valueOf(typeMax) : whole(max.value());
        if (number.compareTo(least) < 0) {
            problems.add(path, number + " is less than " + least + ": use " + least + " or more");
        } else if (number.compareTo(most) > 0) {
            problems.add(path, number + " is more than " + most + ": use " + most + " or less");
        }
    }

    private static BigInteger whole(double bound) {
        return new BigDecimal(bound).toBigInteger();
    }

    private void text(JsonNode value, Field field, String path) {
        if (!value.isTextual()) {
            problems.add(path, Problems.show(value) + " is not a text: write it in quotes");
            return;
        }
        Pattern pattern = field.getAnnotation(Pattern.class);
        if (pattern != null && !value.textValue().matches(pattern.value())) {
            problems.add(path, Problems.show(value) + " does not match " + pattern.value());
        }
    }

    private void size(JsonNode value, String path) {
        try {
            ByteSize.parse(value.isValueNode() ? value.asText() : "");
        } catch (IllegalArgumentException e) {
            problems.add(path, Problems.show(value) + " is " + e.getMessage() + ": write for example 64Mi or 1048576");
        }
    }

    private void choice(JsonNode value, Class<?> type, String path) {
        List<String> names = Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> constant.getAnnotation(JsonProperty.class).value())
                .toList();
        if (!value.isTextual() || !names.contains(value.textValue())) {
            problems.add(
                    path, Problems.show(value) + " is none of " + names.stream().collect(Collectors.joining(", ")));
        }
    }

    private void list(JsonNode value, ParameterizedType type, String path) {
        if (!value.isArray()) {
            problems.add(path, Problems.show(value) + " is not a list");
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            if (type.getActualTypeArguments()[0] == String.class
                    && !value.get(i).isTextual()) {
                problems.add(path + "[" + i + "]", Problems.show(value.get(i)) + " is not a text: write it in quotes");
            }
        }
    }

    private static Field fieldOf(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a record without the field of its component", e);
        }
    }
}
