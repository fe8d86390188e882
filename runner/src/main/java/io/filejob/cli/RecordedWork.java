package io.filejob.cli;

import io.filejob.cluster.CrashedItems;
import io.filejob.engine.WorkInProgress;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.storage.local.InFlightFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The progress of a worker process, in the file that its host reads after its death. */
final class RecordedWork implements WorkInProgress {
    private final @Nullable InFlightFile file;
    private final Supplier<CrashedItems> crashed;

    /** Creates one that records in {@code file}, if there is one; the host tells {@code crashed}. */
    RecordedWork(@Nullable InFlightFile file, Supplier<CrashedItems> crashed) {
        this.file = file;
        this.crashed = crashed;
    }

    /** Reads the items in {@code file}, which need not exist, each time. */
    static Supplier<CrashedItems> in(@Nullable Path file) {
        return () -> {
            try {
                return file == null || !Files.exists(file)
                        ? CrashedItems.NONE
                        : CrashedItems.parse(Files.readString(file, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new JobFailedException(
                        ExitCode.STORE_LOST, "the file " + file + " cannot be read: " + IoReason.of(e), e);
            }
        };
    }

    @Override
    public void begin(int slice) {
        if (file != null) {
            file.begin(slice);
        }
    }

    @Override
    public void beginItem(int item) {
        if (file != null) {
            file.beginItem(item);
        }
    }

    @Override
    public void endItem() {
        if (file != null) {
            file.endItem();
        }
    }

    @Override
    public Set<Integer> crashed(int slice) {
        return crashed.get().of(slice);
    }
}
