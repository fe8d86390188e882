package io.filejob.validation;

import java.util.function.Function;

/**
 * A value in the message of a rule.
 *
 * @param cel the CEL expression of its text, for the API server
 * @param raw the value
 * @param text its text, for the command line
 * @param <E> the record or the element that the message is about
 */
public record ShownValue<E>(String cel, Function<E, String> raw, Function<E, String> text) {
    /** Shows a text in quotes, truncated if it is long. */
    public static <E> ShownValue<E> quoted(String cel, Function<E, String> text) {
        return new ShownValue<>("'\"' + " + cel + " + '\"'", text, text.andThen(CheckedTree::show));
    }

    /** Shows a text as it is. */
    public static <E> ShownValue<E> plain(String cel, Function<E, String> text) {
        return new ShownValue<>(cel, text, text);
    }
}
