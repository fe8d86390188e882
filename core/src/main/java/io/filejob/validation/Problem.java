package io.filejob.validation;

/**
 * A problem in a manifest.
 *
 * @param field the location, as a path of names with dots and indexes, for example {@code spec.input.files[0]}
 * @param message the value, the limit and the remedy
 */
public record Problem(String field, String message) {
    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
