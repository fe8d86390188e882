package io.filejob.file;

/**
 * A file to be written.
 *
 * @param destination the folder or namespace of the file
 * @param name its name there
 */
public record Target(Destination destination, String name) {
    /** Returns the path or URI of the file. */
    public String location() {
        return destination.location(name);
    }
}
