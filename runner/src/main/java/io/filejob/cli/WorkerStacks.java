package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.profile.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The stacks of a worker process, which are written to a file for its parent when the worker ends. */
final class WorkerStacks implements AutoCloseable {
    private final Profiler profiler;
    private final Path file;

    private WorkerStacks(Profiler profiler, Path file) {
        this.profiler = profiler;
        this.file = file;
    }

    /** Starts to record into {@code folder}; does nothing and returns null if {@code file} is null. */
    static @Nullable WorkerStacks to(@Nullable Path file, Path folder) {
        return file == null ? null : new WorkerStacks(Profiler.start(folder), file);
    }

    @Override
    public void close() {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, profiler.finish(Integer.MAX_VALUE));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the profile " + file + " cannot be written: " + IoReason.of(e), e);
        }
    }
}
