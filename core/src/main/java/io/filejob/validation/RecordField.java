package io.filejob.validation;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A field of a manifest: a component of a record. The fields of a record are found once, since reflection creates its
 * objects anew for each call, and a list may have many thousands of records.
 *
 * @param name the name
 * @param type the class of its value
 * @param genericType that class with its type arguments
 * @param annotatedType the same with annotations
 */
record RecordField(String name, Class<?> type, Type genericType, AnnotatedType annotatedType) {
    private static final ClassValue<List<RecordField>> ALL = new ClassValue<>() {
        @Override
        protected List<RecordField> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents())
                    // The annotations of all components would take long to read.
                    .filter(component -> component.getType() != Map.class
                            || !component.getAccessor().isAnnotationPresent(JsonAnyGetter.class))
                    .map(component -> new RecordField(
                            component.getName(),
                            component.getType(),
                            component.getGenericType(),
                            component.getAnnotatedType()))
                    .toList();
        }
    };

    /** Returns the fields of {@code record} in order, without the one for further fields of any name. */
    static List<RecordField> of(Class<?> record) {
        return ALL.get(record);
    }
}
