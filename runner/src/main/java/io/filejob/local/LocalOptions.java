package io.filejob.local;

import io.filejob.profile.RunProfile;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Options of a local run; they do not change the result.
 *
 * @param base the folder against which relative paths of the spec are resolved
 * @param secrets the Secrets that the spec refers to
 * @param mounts the folders that stand in for volumes
 * @param store the path or URI of the store of ledgers; if null, the one in the spec, otherwise a temporary folder
 * @param processes whether workers are processes instead of threads
 * @param inlineBytes maximum size in bytes of the groups that a slice may leave in a ledger; if null, a limit derived
 * from the plan
 * @param progress receives the progress a few times a second, from one thread, and at the end of a complete job
 * @param manifest the file with the manifest, which must not be overwritten; null if there is none
 * @param waiting receives the progress of a long listing twice a second
 * @param redriven receives the number of slices whose failures are done again; null if the run is no redrive
 * @param profile receives the stacks of worker processes; null if the run is not profiled
 */
public record LocalOptions(
        Path base,
        Secrets secrets,
        Mounts mounts,
        @Nullable String store,
        boolean processes,
        @Nullable Integer inlineBytes,
        Consumer<RunProgress> progress,
        @Nullable Path manifest,
        Consumer<String> waiting,
        @Nullable IntConsumer redriven,
        @Nullable RunProfile profile) {
    /** Creates options for a job without a manifest file. */
    public LocalOptions(
            Path base,
            Secrets secrets,
            Mounts mounts,
            @Nullable String store,
            boolean processes,
            @Nullable Integer inlineBytes,
            Consumer<RunProgress> progress) {
        this(base, secrets, mounts, store, processes, inlineBytes, progress, null, text -> {}, null, null);
    }

    /** Creates options for a spec without Secrets and volumes, with a store in a folder. */
    public LocalOptions(Path base, @Nullable Path store, boolean processes, Consumer<RunProgress> progress) {
        this(base, Secrets.NONE, Mounts.NONE, store == null ? null : store.toString(), processes, null, progress);
    }
}
