package io.filejob.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A folder of results into which files of this machine are copied: a folder of a file system, or a prefix in a bucket. It
 * is created with its first file. Readers see a file complete or not at all, and a new one is durable when {@code put}
 * returns. Failures are {@link io.filejob.failure.JobFailedException}s that name the file; those of the folder itself have
 * {@link io.filejob.failure.ExitCode#NO_OUTPUT}. Safe to use from any thread.
 */
public interface ResultFolder {
    /** Checks, as far as that is cheap, whether files can be created. */
    void check();

    /** Creates the folder if it does not exist, so that another output of the job can be in it; a bucket has no folders. */
    void create();

    /** Returns the size of the file {@code name} in bytes, if it exists. */
    OptionalLong size(String name);

    /** Copies {@code file}, and replaces an existing file {@code name}. */
    void put(String name, Path file, ContentHeaders headers);

    /** Creates or replaces the small file {@code name}. */
    void put(String name, byte[] content);

    /** Returns the content of the small file {@code name}, if it exists. */
    Optional<byte[]> find(String name);

    /** Returns all complete files with names that begin with {@code prefix}, in no particular order. */
    List<Folder.Entry> list(String prefix);

    /** Deletes a file if it exists. */
    void delete(String name);

    /** Deletes the unfinished files of killed writers. */
    void removeUnfinished();

    /** Deletes the folder if it has no files. */
    void removeIfEmpty();
}
