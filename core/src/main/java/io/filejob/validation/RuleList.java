package io.filejob.validation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Collects the rules of a record.
 *
 * @param <T> the record
 */
public final class RuleList<T> {
    private final List<SpecRule<T, ?>> rules = new ArrayList<>();

    /** Adds a rule about the record: the field with the problem, the condition in CEL and in Java, and the message. */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them.
    public final RuleList<T> add(
            String field, String cel, Predicate<T> holds, String message, ShownValue<T>... values) {
        List<ShownValue<T>> shown = new ArrayList<>();
        for (ShownValue<T> value : values) {
            shown.add(value);
        }
        rules.add(new SpecRule<>(field, null, cel, List::of, (checked, _) -> holds.test(checked), message, shown));
        return this;
    }

    /**
     * Adds a rule about each element of a list, or each entry of a map. In Java the condition is on the record and an
     * element, so that the problems of all elements are reported, even if others cannot be read; in CEL it is on the
     * record.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them.
    public final <E> RuleList<T> each(
            String list,
            Function<T, Collection<E>> elements,
            String cel,
            BiPredicate<T, E> holds,
            String message,
            ShownValue<E>... values) {
        List<ShownValue<E>> shown = new ArrayList<>();
        for (ShownValue<E> value : values) {
            shown.add(value);
        }
        rules.add(new SpecRule<>(list, list, cel, elements, holds, message, shown));
        return this;
    }

    /**
     * Lets the last rule, whose message begins with a name, suggest one of {@code known} that is similar. The API server
     * cannot.
     */
    public RuleList<T> suggesting(Function<T, Collection<String>> known) {
        rules.set(rules.size() - 1, rules.getLast().suggesting(known));
        return this;
    }

    /** Returns the rules that were added. */
    public List<SpecRule<T, ?>> toList() {
        return List.copyOf(rules);
    }
}
