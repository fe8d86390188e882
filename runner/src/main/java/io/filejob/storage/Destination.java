package io.filejob.storage;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A place that whole files are put into: a {@link Folder}, or the ConfigMaps of a namespace. Files are there whole or not at
 * all. Failures are {@link io.filejob.model.JobFailure}s that name the file. Safe to use from any thread.
 */
public interface Destination {
    /** The path or URI of the file {@code name}, for messages and statuses. */
    String place(String name);

    /** Which file the name {@code name} means, whether it exists or not. */
    FileIdentity identity(String name);

    /** A file or folder whose name begins with {@code prefix} and is {@code wanted}, if there is one. */
    Optional<String> findName(String prefix, Predicate<String> wanted);

    /**
     * Begins a file, which appears, in place of one of that name, when it is committed. {@code writer} tells apart those
     * who may write the same file at the same time.
     */
    WholeFile create(String name, String writer);
}
