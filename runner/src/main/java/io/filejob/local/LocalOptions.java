package io.filejob.local;

import io.filejob.job.Coverage;
import io.filejob.storage.Mounts;
import io.filejob.storage.Secrets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a local run is done; none of it changes the result.
 *
 * @param base what relative places of the spec are below
 * @param secrets where the Secrets are that the spec refers to
 * @param mounts what stands in for volumes
 * @param store the path or URI of where the ledgers are kept; if null, where the spec says, else in a temporary folder
 * @param processes whether workers are processes instead of threads
 * @param inlineBytes how many bytes of groups a slice may leave in a ledger; as many as is good if null
 * @param progress told a few times a second what is done; called by one thread
 * @param manifest the file that the job was read from, which is not written over; null if there is none
 * @param waiting told twice a second what planning waits for, if that takes long
 */
public record LocalOptions(
        Path base,
        Secrets secrets,
        Mounts mounts,
        @Nullable String store,
        boolean processes,
        @Nullable Integer inlineBytes,
        Consumer<Coverage> progress,
        @Nullable Path manifest,
        Consumer<String> waiting) {
    /** Of a job that is not in a file. */
    public LocalOptions(
            Path base,
            Secrets secrets,
            Mounts mounts,
            @Nullable String store,
            boolean processes,
            @Nullable Integer inlineBytes,
            Consumer<Coverage> progress) {
        this(base, secrets, mounts, store, processes, inlineBytes, progress, null, text -> {});
    }

    /** Of a spec that refers to no Secret and no volume, with a store in a folder. */
    public LocalOptions(Path base, @Nullable Path store, boolean processes, Consumer<Coverage> progress) {
        this(base, Secrets.NONE, Mounts.NONE, store == null ? null : store.toString(), processes, null, progress);
    }
}
