package io.filejob.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterruptedFilesTest {
    @TempDir
    private Path folder;

    @Test
    void writesOfAnInterruptedThreadSayThatItWasInterrupted() {
        ResultDirectory results = new ResultDirectory(folder.resolve("results"), Confines.NONE);
        List<ThrowingCallable> writes = List.of(
                () -> write(DirectoryFolder.ofScratch(folder.resolve("scratch"))),
                () -> write(DirectoryFolder.ofStore(folder.resolve("store"), Confines.NONE)),
                () -> write(DirectoryFolder.ofOutput(folder, Confines.NONE)),
                () -> results.put("file", new byte[] {1}));
        for (ThrowingCallable write : writes) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(write)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.INTERRUPTED))
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void write(Folder folder) {
        try (PendingFile file = folder.create("file", "")) {
            file.write(new byte[] {1}, 0, 1);
            file.commit();
        }
    }
}
