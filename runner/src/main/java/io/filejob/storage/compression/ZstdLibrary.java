package io.filejob.storage.compression;

import com.github.luben.zstd.util.Native;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.temporary.TemporaryFolder;

/** Loads the native zstd library once in a process. */
final class ZstdLibrary {
    private ZstdLibrary() {}

    /** Loads the library; throws {@link JobFailedException} if that fails. */
    static synchronized void load() {
        if (Native.isLoaded()) {
            return;
        }
        // By default the library would leave its file in the system's temporary folder whenever the process is killed.
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Native.load(folder.path().toFile());
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "cannot load the library that unpacks .zst: " + e.getMessage()
                            + ": set TMPDIR to a folder that programs can be run from",
                    e);
        }
    }
}
