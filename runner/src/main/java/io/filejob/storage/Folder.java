package io.filejob.storage;

import io.filejob.read.ByteSource;
import java.util.List;
import java.util.Optional;

/**
 * A place for whole files: a folder of a file system, or a prefix in a bucket. Files of it are there whole or not at all.
 * Failures are {@link io.filejob.model.JobFailure}s that name the file. Safe to use from any thread.
 */
public interface Folder {
    /** A file that is there; {@code version} changes with the content. */
    record Entry(String name, long size, String version) {}

    /** The path or URI of the file {@code name}, for messages and statuses. */
    String place(String name);

    /**
     * Begins a file, which appears, in place of one of that name, when it is committed. {@code writer} tells apart those
     * who may write the same file at the same time.
     */
    WholeFile create(String name, String writer);

    /** The file {@code name} as it is now; as long as nothing else is expected of it, all of it is. */
    ByteSource open(String name);

    /** All that the file {@code name}, a small one, holds now, if it is there. */
    Optional<byte[]> find(String name);

    /** All files, but for those that are being written, in no order; none if the folder is not there. */
    List<Entry> list();

    /** Removes a file, if it is there. */
    void delete(String name);
}
