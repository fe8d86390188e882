package io.filejob.spill;

import io.filejob.file.Folder;

/**
 * The location of runs and the resources to read them.
 *
 * @param folder folder of the files
 * @param attempt identifies this attempt in the names of temporary files
 * @param buffers reusable memory for reading and sorting
 * @param memory limit for the memory to use, in bytes
 */
public record RunSource(Folder folder, String attempt, SpillBuffers buffers, long memory) {
    /** Limits the memory to the maximum size of arrays. */
    public RunSource {
        memory = Math.min(memory, MemoryShare.MAX_MEMORY);
    }
}
