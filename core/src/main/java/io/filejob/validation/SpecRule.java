package io.filejob.validation;

import io.filejob.value.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A rule between the fields of a record: in CEL for the API server, with a predicate beside it for the command line. The
 * predicate reads only the fields that the CEL expression names.
 *
 * @param <T> the record
 * @param <E> the elements that are checked one by one; the record itself if there are none
 */
public final class SpecRule<T, E> {
    private final String field;
    private final @Nullable String each;
    private final String cel;
    private final Function<T, Collection<E>> elements;
    private final BiPredicate<T, E> holds;
    private final String message;
    private final List<ShownValue<E>> values;
    private final Function<T, Collection<String>> known;

    /** Creates a rule; {@code each} is the list or map whose elements are checked, or null for the record itself. */
    SpecRule(
            String field,
            @Nullable String each,
            String cel,
            Function<T, Collection<E>> elements,
            BiPredicate<T, E> holds,
            String message,
            List<ShownValue<E>> values) {
        this(field, each, cel, elements, holds, message, values, _ -> List.of());
    }

    private SpecRule(
            String field,
            @Nullable String each,
            String cel,
            Function<T, Collection<E>> elements,
            BiPredicate<T, E> holds,
            String message,
            List<ShownValue<E>> values,
            Function<T, Collection<String>> known) {
        this.field = field;
        this.each = each;
        this.cel = cel;
        this.elements = elements;
        this.holds = holds;
        this.message = message;
        this.values = values;
        this.known = known;
    }

    /** Returns this rule, whose message on the command line suggests one of {@code known} for the first value. */
    SpecRule<T, E> suggesting(Function<T, Collection<String>> known) {
        return new SpecRule<>(field, each, cel, elements, holds, message, values, known);
    }

    /** Returns the field with the problem, as a path below the record. */
    public String field() {
        return field;
    }

    /** Returns the condition on the record, {@code self}, in CEL. */
    public String cel() {
        return cel;
    }

    /** Returns the message if the condition is false, with {@code %s} for each of the values. */
    public String message() {
        return message;
    }

    /** Returns the values in the message, as CEL expressions that evaluate to strings. */
    public List<String> celValues() {
        return values.stream().map(ShownValue::cel).toList();
    }

    /** Returns the fields that the rule reads. */
    RuleReads reads() {
        return RuleReads.of(cel, each);
    }

    /** Returns whether the rule compares the elements of a list with each other. */
    boolean comparesElements() {
        return RuleReads.comparesElements(cel, each);
    }

    /** Returns the elements to check, in the order of the manifest. */
    Collection<E> elements(T checked) {
        return elements.apply(checked);
    }

    boolean holds(T checked, E element) {
        return holds.test(checked, element);
    }

    /** Returns the message about an element. */
    String problem(T checked, E element) {
        String problem = message.formatted(
                values.stream().map(value -> value.text().apply(element)).toArray());
        return values.isEmpty()
                ? problem
                : problem + Spelling.hint(values.getFirst().raw().apply(element), known.apply(checked));
    }
}
