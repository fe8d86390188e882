package io.filejob.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of all classes of this module, with values at random. */
final class SampleRecords {
    private static final Path CLASSES = Path.of("target/classes");

    private final SplittableRandom random;

    SampleRecords(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns all records of this module. */
    static List<Class<?>> types() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .sorted()
                    .<Class<?>>map(SampleRecords::load)
                    .filter(Class::isRecord)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String file) {
        try {
            String name = file.substring(0, file.length() - ".class".length());
            return Class.forName(name.replace('/', '.'), false, SampleRecords.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a record with values of which some are null or empty; empty if the record refuses them. */
    Optional<Object> record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(Arrays.stream(components)
                    .map(component -> value(component.getGenericType()))
                    .toArray()));
        } catch (InvocationTargetException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.toString(), e);
        }
    }

    private @Nullable Object value(Type type) {
        if (type instanceof ParameterizedType container) {
            Type last = container.getActualTypeArguments()[container.getActualTypeArguments().length - 1];
            Object element = random.nextInt(3) == 0 ? null : value(last);
            if (container.getRawType() == List.class) {
                return element == null ? List.of() : List.of(element, element);
            }
            if (container.getRawType() == Map.class) {
                return element == null ? Map.of() : Map.of("name", element);
            }
            return null;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == int.class) {
            return random.nextInt(9);
        }
        if (plain == long.class) {
            return random.nextLong(Long.MAX_VALUE);
        }
        if (plain == boolean.class) {
            return random.nextBoolean();
        }
        return random.nextInt(3) == 0 ? null : object(plain);
    }

    private @Nullable Object object(Class<?> type) {
        if (type == String.class) {
            return List.of("", "a", "ä \"\n").get(random.nextInt(3));
        }
        if (type == Integer.class) {
            return random.nextInt();
        }
        if (type == Long.class) {
            return random.nextLong();
        }
        if (type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == JsonNode.class) {
            return JsonNodeFactory.instance.objectNode().put("member", 1.5).putNull("other");
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        return type.isRecord() ? record(type).orElse(null) : null;
    }
}
