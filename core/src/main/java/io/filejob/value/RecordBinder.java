package io.filejob.value;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds trees to records as Jackson does, and leaves to Jackson each value that is not of a plain type. Jackson first
 * collects all annotations, methods and fields of each record, which takes half of the time of a small job. Thread-safe.
 */
final class RecordBinder {
    /** The canonical constructors and components of records, found once. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final ObjectMapper jackson;

    RecordBinder(ObjectMapper jackson) {
        this.jackson = jackson;
    }

    /**
     * What is known about a record.
     *
     * @param constructor its canonical constructor
     * @param components its components in order
     * @param others the position of the component with all members that have no component of their own, -1 if there is none
     */
    private record Shape(Constructor<?> constructor, List<RecordComponent> components, int others) {
        static Shape of(Class<?> type) {
            List<RecordComponent> components = List.of(type.getRecordComponents());
            int others = -1;
            for (int i = 0; i < components.size(); i++) {
                // The annotations of all components would take long to read.
                if (components.get(i).getType() == Map.class
                        && components.get(i).getAccessor().isAnnotationPresent(JsonAnySetter.class)) {
                    others = i;
                }
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(
                        components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Shape(constructor, components, others);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + " has no canonical constructor", e);
            }
        }
    }

    /** Returns {@code tree} as a {@code type}; throws {@link JsonProcessingException} if it does not fit. */
    <T> T bind(JsonNode tree, Class<T> type) throws JsonProcessingException {
        return type.isRecord() && tree instanceof ObjectNode object
                ? type.cast(record(object, type))
                : jackson.treeToValue(tree, type);
    }

    private Object record(ObjectNode tree, Class<?> type) throws JsonProcessingException {
        Shape shape = SHAPES.get(type);
        List<RecordComponent> components = shape.components();
        @Nullable Object[] values = new Object[components.size()];
        int known = 0;
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = components.get(i);
            JsonNode value = i == shape.others() ? null : tree.get(component.getName());
            if (value != null) {
                known++;
                values[i] = value(value, component.getGenericType());
            } else if (component.getType().isPrimitive()) {
                values[i] = jackson.treeToValue(jackson.getNodeFactory().nullNode(), component.getType());
            }
        }
        if (known < tree.size()) {
            if (shape.others() < 0) {
                // Jackson names the unknown member.
                return jackson.treeToValue(tree, type);
            }
            ObjectNode others = tree.deepCopy();
            for (int i = 0; i < values.length; i++) {
                if (i != shape.others()) {
                    others.remove(components.get(i).getName());
                }
            }
            values[shape.others()] =
                    value(others, components.get(shape.others()).getGenericType());
        }
        return instance(shape.constructor(), values);
    }

    private static Object instance(Constructor<?> constructor, @Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a record refuses its values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record cannot be made", e);
        }
    }

    private @Nullable Object value(JsonNode node, Type type) throws JsonProcessingException {
        if (type == JsonNode.class) {
            return node.deepCopy();
        }
        if (node.isNull()) {
            return type instanceof Class<?> primitive && primitive.isPrimitive()
                    ? jackson.treeToValue(node, primitive)
                    : null;
        }
        if (type == String.class && node.isTextual()) {
            return node.textValue();
        }
        if (type == Integer.class && node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        }
        if (type == Long.class && node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (type == Boolean.class && node.isBoolean()) {
            return node.booleanValue();
        }
        if (type instanceof Class<?> record && record.isRecord() && node instanceof ObjectNode object) {
            return record(object, record);
        }
        if (type instanceof ParameterizedType container) {
            Type[] arguments = container.getActualTypeArguments();
            if (container.getRawType() == List.class && node.isArray()) {
                return list(node, arguments[0]);
            }
            if (container.getRawType() == Map.class && arguments[0] == String.class && node.isObject()) {
                return map(node, arguments[1]);
            }
        }
        return jackson.treeToValue(node, jackson.constructType(type));
    }

    private List<@Nullable Object> list(JsonNode node, Type element) throws JsonProcessingException {
        List<@Nullable Object> values = new ArrayList<>(node.size());
        for (JsonNode each : node) {
            values.add(value(each, element));
        }
        return values;
    }

    private Map<String, @Nullable Object> map(JsonNode node, Type element) throws JsonProcessingException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            values.put(each.getKey(), value(each.getValue(), element));
        }
        return values;
    }
}
