package io.filejob.value;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerFactory;
import com.fasterxml.jackson.databind.ser.SerializerFactory;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints plain records as Jackson does, and leaves all other values to Jackson. Jackson first collects all annotations,
 * methods and fields of each record, which takes a fifth of the time of a small job. A record is plain if its {@link
 * JsonPropertyOrder} has all its components in order, apart from one with further members of any name, and if nothing
 * says that it is no object or has a type. Thread-safe.
 */
final class RecordPrinter extends StdSerializer<Record> {
    private static final long serialVersionUID = 1L;

    /** The shapes of records, found once; null for those that are not plain. */
    private static final ClassValue<@Nullable PlainShape> SHAPES = new ClassValue<>() {
        @Override
        protected @Nullable PlainShape computeValue(Class<?> type) {
            return PlainShape.of(type);
        }
    };

    private RecordPrinter() {
        super(Record.class);
    }

    /** Returns a factory for mappers that prints plain records with this class. */
    static SerializerFactory factory() {
        RecordPrinter printer = new RecordPrinter();
        return BeanSerializerFactory.instance.withAdditionalSerializers(new Serializers.Base() {
            @Override
            public @Nullable JsonSerializer<?> findSerializer(
                    SerializationConfig config, JavaType type, BeanDescription description) {
                return SHAPES.get(type.getRawClass()) == null ? null : printer;
            }
        });
    }

    /**
     * What is known about a record.
     *
     * @param inclusion which members are printed, unless a component says something else
     * @param names the names of its members in order
     * @param accessors how their values are read
     * @param others how the further members are read; null if there are none
     */
    private record PlainShape(
            JsonInclude.Include inclusion,
            List<String> names,
            List<Method> accessors,
            @Nullable Method others) {
        static @Nullable PlainShape of(Class<?> type) {
            JsonPropertyOrder order = type.isRecord() ? type.getAnnotation(JsonPropertyOrder.class) : null;
            if (order == null || !isObject(type)) {
                return null;
            }
            List<String> names = List.of(order.value());
            List<RecordComponent> components = List.of(type.getRecordComponents());
            List<Method> accessors =
                    components.stream().map(PlainShape::accessor).toList();
            Method last = accessors.size() == names.size() + 1 ? accessors.getLast() : null;
            Method others = last != null && last.isAnnotationPresent(JsonAnyGetter.class) ? last : null;
            List<String> own = components.stream()
                    .limit(others == null ? components.size() : names.size())
                    .map(RecordComponent::getName)
                    .toList();
            if (!names.equals(own)) {
                return null;
            }
            JsonInclude inclusion = type.getAnnotation(JsonInclude.class);
            return new PlainShape(
                    inclusion == null ? JsonInclude.Include.ALWAYS : inclusion.value(), names, accessors, others);
        }

        /** Whether Jackson prints a {@code type} as an object without its type. */
        private static boolean isObject(Class<?> type) {
            JsonFormat format = type.getAnnotation(JsonFormat.class);
            return (format == null || format.shape() == JsonFormat.Shape.ANY)
                    && Arrays.stream(type.getInterfaces())
                            .noneMatch(each -> each.isAnnotationPresent(JsonTypeInfo.class));
        }

        private static Method accessor(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor;
        }

        /** Whether the member {@code i} is printed, whose value is {@code value}. */
        boolean includes(int i, @Nullable Object value) {
            if (value != null && !isEmpty(value)) {
                return true;
            }
            // Most values are there, so that few annotations are read.
            JsonInclude own = accessors.get(i).getAnnotation(JsonInclude.class);
            return switch (own == null ? inclusion : own.value()) {
                case NON_NULL -> value != null;
                case NON_EMPTY -> false;
                default -> true;
            };
        }

        private static boolean isEmpty(Object value) {
            return switch (value) {
                case String text -> text.isEmpty();
                case List<?> list -> list.isEmpty();
                case Map<?, ?> map -> map.isEmpty();
                default -> false;
            };
        }
    }

    @Override
    public void serialize(Record value, JsonGenerator out, SerializerProvider jackson) throws IOException {
        PlainShape shape = SHAPES.get(value.getClass());
        if (shape == null) {
            jackson.defaultSerializeValue(value, out);
            return;
        }
        out.writeStartObject(value);
        for (int i = 0; i < shape.names().size(); i++) {
            Object member = read(shape.accessors().get(i), value);
            if (shape.includes(i, member)) {
                out.writeFieldName(shape.names().get(i));
                write(member, out, jackson);
            }
        }
        if (shape.others() != null && read(shape.others(), value) instanceof Map<?, ?> others) {
            members(others, out, jackson);
        }
        out.writeEndObject();
    }

    private static @Nullable Object read(Method accessor, Record value) {
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a value of a record cannot be read", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a record cannot be read", e);
        }
    }

    private void write(@Nullable Object value, JsonGenerator out, SerializerProvider jackson) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case JsonNode tree -> tree.serialize(out, jackson);
            case Record record -> serialize(record, out, jackson);
            case List<?> list -> {
                out.writeStartArray(list, list.size());
                for (Object element : list) {
                    write(element, out, jackson);
                }
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject(map);
                members(map, out, jackson);
                out.writeEndObject();
            }
            default -> jackson.defaultSerializeValue(value, out);
        }
    }

    private void members(Map<?, ?> map, JsonGenerator out, SerializerProvider jackson) throws IOException {
        for (Map.Entry<?, ?> member : map.entrySet()) {
            out.writeFieldName(String.valueOf(member.getKey()));
            write(member.getValue(), out, jackson);
        }
    }
}
