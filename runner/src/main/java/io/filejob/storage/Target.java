package io.filejob.storage;

/**
 * A file to be written.
 *
 * @param destination where
 * @param name its name there
 */
public record Target(Destination destination, String name) {
    /** Its path or URI. */
    public String place() {
        return destination.place(name);
    }
}
