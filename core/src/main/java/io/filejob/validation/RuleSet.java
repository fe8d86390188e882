package io.filejob.validation;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.util.List;

/**
 * The rules between the fields of a record.
 *
 * @param <T> the record
 */
public interface RuleSet<T> {
    /** Returns the rules in order. */
    List<SpecRule<T, ?>> rules();

    /** Returns the rules of a record, or of the elements of a list, in order. */
    static List<? extends SpecRule<?, ?>> of(AnnotatedElement annotated) {
        CheckedBy checkedBy = annotated.getAnnotation(CheckedBy.class);
        if (checkedBy == null) {
            return List.of();
        }
        try {
            Constructor<? extends RuleSet<?>> constructor = checkedBy.value().getDeclaredConstructor();
            // Rules are package-private classes beside their records.
            constructor.setAccessible(true);
            return constructor.newInstance().rules();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("rules without a constructor", e);
        }
    }
}
