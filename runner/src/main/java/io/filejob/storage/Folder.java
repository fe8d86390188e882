package io.filejob.storage;

import io.filejob.read.ByteSource;
import java.util.List;
import java.util.Optional;

/**
 * A place that whole files are put into and found in again: a folder of a file system, or a prefix in a bucket. Failures are
 * {@link io.filejob.model.JobFailure}s that name the file. Safe to use from any thread.
 */
public interface Folder extends Destination {
    /** A file that is there; {@code version} changes with the content. */
    record Entry(String name, long size, String version) {}

    /** The file {@code name} as it is now; as long as nothing else is expected of it, all of it is. */
    ByteSource open(String name);

    /** All that the file {@code name}, a small one, holds now, if it is there. */
    Optional<byte[]> find(String name);

    /** All files, but for those that are being written, in no order; none if the folder is not there. */
    List<Entry> list();

    /** Removes a file, if it is there. */
    void delete(String name);

    /**
     * Removes all files, also those that killed writers have not finished, and the folder itself if nothing else is in it.
     * Folders within it stay.
     */
    void clear();
}
