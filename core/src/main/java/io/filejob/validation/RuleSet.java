package io.filejob.validation;

import java.lang.reflect.AnnotatedElement;
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
        return checkedBy == null ? List.of() : RulesOfClass.ALL.get(checkedBy.value());
    }
}
