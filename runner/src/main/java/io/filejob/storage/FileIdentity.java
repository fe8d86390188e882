package io.filejob.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which file or object a name means. Names of one file have the same location, or, as hard links do, the same key.
 *
 * @param location the path without links, or the URI
 * @param key device and number of a file that exists, where the system tells them
 */
public record FileIdentity(String location, @Nullable Object key) {
    /** The file, or the one that would be created, at {@code path}, an absolute path without links. */
    static FileIdentity of(Path path) throws IOException {
        return new FileIdentity(
                path.toString(),
                Files.exists(path)
                        ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
                        : null);
    }

    /** An object of a bucket. */
    static FileIdentity of(S3Place place) {
        return new FileIdentity("s3://" + place.bucket() + "/" + place.key(), null);
    }

    /** All that tells the file: two names that share one of them mean the same file. */
    public List<Object> keys() {
        return key == null ? List.of(location) : List.of(location, key);
    }

    /** Whether it is at or below {@code folder}. */
    public boolean isWithin(FileIdentity folder) {
        String start = folder.location.endsWith("/") ? folder.location : folder.location + "/";
        return location.equals(folder.location)
                || location.startsWith(start)
                || (key != null && key.equals(folder.key));
    }
}
