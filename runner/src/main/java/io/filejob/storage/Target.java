package io.filejob.storage;

/**
 * A file to be written.
 *
 * @param folder where
 * @param name its name there
 */
public record Target(Folder folder, String name) {
    /** Its path or URI. */
    public String place() {
        return folder.place(name);
    }
}
