package io.filejob.operator.golden;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Creates objects of the operator as its container does: one of each class, by its constructor. */
final class Wiring {
    private final List<Object> known;

    /** Creates a wiring with these objects, in addition to those that it creates. */
    Wiring(Object... given) {
        known = new ArrayList<>(List.of(given));
    }

    <T> T get(Class<T> type) {
        Optional<T> before =
                known.stream().filter(type::isInstance).map(type::cast).findFirst();
        return before.orElseGet(() -> create(type));
    }

    private <T> T create(Class<T> type) {
        try {
            Constructor<?> constructor = constructor(type);
            constructor.setAccessible(true);
            Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                    .map(this::get)
                    .toArray();
            T created = type.cast(constructor.newInstance(arguments));
            known.add(created);
            return created;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot create " + type, e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        List<Constructor<?>> all = List.of(type.getDeclaredConstructors());
        return all.stream()
                .filter(each -> all.size() == 1 || each.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError("which constructor of " + type + "?"));
    }
}
