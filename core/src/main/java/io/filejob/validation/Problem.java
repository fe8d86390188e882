package io.filejob.validation;

/**
 * A problem in a manifest.
 *
 * @param field the location, as a path of names with dots and indexes, for example {@code spec.input.files[0]}; empty for
 *     the manifest as a whole
 * @param message the value, the limit and the remedy
 * @param line the line in the manifest's text, from 1; 0 if it is not known
 * @param column the column in that line in characters, from 1; 0 if it is not known
 */
public record Problem(String field, String message, int line, int column) {
    /** Creates a problem whose position in the text is not known. */
    public Problem(String field, String message) {
        this(field, message, 0, 0);
    }

    /** Returns the field and the message, and the position if there is no field to find the problem by. */
    @Override
    public String toString() {
        if (!field.isEmpty()) {
            return field + ": " + message;
        }
        return line == 0 ? message : "line " + line + ", column " + column + ": " + message;
    }
}
