package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.storage.local.OpenFolder;
import io.filejob.storage.local.TemporaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files and their directory entries are forced to disk before a ledger refers to them, as the JVM's flight recorder
 * shows.
 */
final class DurableFilesTest {
    @TempDir
    private Path folder;

    /** An action that writes. */
    private interface Action {
        void run() throws IOException;
    }

    private List<String> forced(Action action) throws IOException {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        List<String> paths = RecordingFile.readAllEvents(file).stream()
                .map((RecordedEvent event) -> Path.of(event.getString("path"))
                        .toAbsolutePath()
                        .normalize()
                        .toString())
                .filter(path -> path.startsWith(folder.toString()))
                .toList();
        Files.delete(file);
        return paths;
    }

    private static void put(Folder target) {
        try (PendingFile file = target.create("slice-0-runs", "one")) {
            file.write(new byte[] {1, 2, 3}, 0, 3);
            file.commit();
        }
    }

    @Test
    void partialResultsInAStoreAreForcedWithTheirFolders() throws IOException {
        try (Storage storage = new Storage(folder)) {
            List<String> paths = forced(() -> put(storage.folder("store/partials")));
            Path partials = folder.resolve("store/partials");
            assertThat(paths)
                    .contains(folder.toString(), folder.resolve("store").toString())
                    .anyMatch(path -> path.startsWith(partials + "/"))
                    .last()
                    .isEqualTo(partials.toString());
        }
    }

    @Test
    void scratchSpaceIsNot() throws IOException {
        assertThat(forced(() -> put(Storage.scratch(folder.resolve("scratch")))))
                .isEmpty();
    }

    @Test
    void anOutputIs() throws IOException {
        try (Storage storage = new Storage(folder)) {
            assertThat(forced(() -> {
                        Target target = storage.target("out.csv");
                        try (PendingFile file = target.destination().create(target.name(), "one")) {
                            file.commit();
                        }
                    }))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .last()
                    .isEqualTo(folder.toString());
        }
    }

    @Test
    void keptFilesAre() throws IOException {
        assertThat(forced(() -> {
                    try (TemporaryFile file = TemporaryFile.in(OpenFolder.of(folder))) {
                        file.moveTo(folder.resolve("file-0.txt"), true);
                    }
                }))
                .hasSize(2)
                .last()
                .isEqualTo(folder.toString());
    }
}
