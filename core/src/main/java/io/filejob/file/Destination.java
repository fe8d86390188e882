package io.filejob.file;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A destination of complete files: a {@link Folder}, or the ConfigMaps of a namespace. Other readers see a file
 * complete or not at all. Failures are {@link io.filejob.failure.JobFailedException}s that name the file. Safe to use from any
 * thread.
 */
public interface Destination {
    /** Returns the path or URI of the file {@code name}, for messages and statuses. */
    String location(String name);

    /** Returns the identity of the file {@code name}, whether or not it exists. */
    FileIdentity identity(String name);

    /**
     * Returns the name of a file or folder that begins with {@code prefix} and matches {@code wanted}, if there is one.
     */
    Optional<String> findName(String prefix, Predicate<String> wanted);

    /**
     * Begins a file that appears when it is committed and replaces an existing file of that name. {@code writer}
     * distinguishes concurrent writers of the same file.
     */
    PendingFile create(String name, String writer);
}
