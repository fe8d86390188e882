package io.filejob.model;

/**
 * One thing that is wrong with a manifest.
 *
 * @param field where, as a path of names with dots and indexes, for example {@code spec.input.files[0]}
 * @param message the value, the limit and what helps
 */
public record Problem(String field, String message) {
    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
