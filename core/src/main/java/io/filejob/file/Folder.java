package io.filejob.file;

import io.filejob.csv.ByteSource;
import java.util.List;
import java.util.Optional;

/**
 * A location for complete files that can be written, listed and read again: a folder of a file system, or a prefix in a
 * bucket. Failures are {@link io.filejob.failure.JobFailedException}s that name the file. Safe to use from any thread.
 */
public interface Folder extends Destination {
    /** An existing file; {@code version} changes with the content. */
    record Entry(String name, long size, String version) {}

    /** Opens the current content of the file {@code name}. By default the whole file is expected to be read. */
    ByteSource open(String name);

    /** Returns the current content of the small file {@code name}, if it exists. */
    Optional<byte[]> find(String name);

    /** Returns all complete files in no particular order, or an empty list if the folder does not exist. */
    List<Entry> list();

    /** Deletes a file if it exists. */
    void delete(String name);

    /**
     * Deletes all files, including the unfinished files of killed writers, and then the folder if it is empty.
     * Subfolders stay.
     */
    void clear();
}
