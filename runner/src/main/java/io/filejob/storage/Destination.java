package io.filejob.storage;

/**
 * A place that whole files are put into: a {@link Folder}, or the ConfigMaps of a namespace. Files are there whole or not at
 * all. Failures are {@link io.filejob.model.JobFailure}s that name the file. Safe to use from any thread.
 */
public interface Destination {
    /** The path or URI of the file {@code name}, for messages and statuses. */
    String place(String name);

    /**
     * Begins a file, which appears, in place of one of that name, when it is committed. {@code writer} tells apart those
     * who may write the same file at the same time.
     */
    WholeFile create(String name, String writer);
}
