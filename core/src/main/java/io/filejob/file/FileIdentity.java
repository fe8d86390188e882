package io.filejob.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the file or object that a name refers to. Names of the same file have the same location or, in the case of
 * hard links, the same key.
 *
 * @param location the path without links, or the URI
 * @param key device and inode number of an existing file, if the system provides them
 */
public record FileIdentity(String location, @Nullable Object key) {
    /** Returns all keys of the file; two names that share a key refer to the same file. */
    public List<Object> keys() {
        return key == null ? List.of(location) : List.of(location, key);
    }

    /** Returns whether this file equals {@code folder} or lies below it. */
    public boolean isWithin(FileIdentity folder) {
        String start = folder.location.endsWith("/") ? folder.location : folder.location + "/";
        return location.equals(folder.location)
                || location.startsWith(start)
                || (key != null && key.equals(folder.key));
    }
}
