package io.filejob.value;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

/** Names of the constants of enums in manifests, which their annotations give. */
public final class EnumNames {
    private EnumNames() {}

    /** Returns the names of the constants of the enum {@code type}, in order. */
    public static List<String> of(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(constant -> constant.getAnnotation(JsonProperty.class).value())
                .toList();
    }

    /** Returns the constant {@code name}, for defaults, whose names are also in the schema. */
    public static <E extends Enum<E>> E constant(Class<E> type, String name) {
        int index = of(type).indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no constant " + name);
        }
        return type.getEnumConstants()[index];
    }
}
