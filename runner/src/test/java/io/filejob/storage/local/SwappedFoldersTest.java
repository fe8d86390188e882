package io.filejob.storage.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.ledger.Ledger;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.storage.Storage;
import io.filejob.storage.VolumeFixture;
import io.filejob.storage.state.StateStore;
import io.filejob.storage.state.StoreNote;
import io.filejob.storage.temporary.FolderTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders are created and deleted on their volume only, even if another pod puts links in their storage meanwhile. */
@Timeout(240)
final class SwappedFoldersTest {
    private static final int ROUNDS = 300;
    private static final Fingerprint JOB =
            new Fingerprint("sha256:spec", "sha256:inputs", new Cut(Cut.PROTOCOL, 10, 0, 0, 0));

    @TempDir
    private Path folder;

    private VolumeFixture fixture;
    private Path volume;
    private Path secret;
    private Storage storage;

    @BeforeEach
    void files() throws IOException {
        fixture = VolumeFixture.in(folder);
        volume = fixture.volume();
        secret = fixture.secret();
        storage = fixture.storage();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** The path was checked before the link was there. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a/b/c"})
    void aLinkInPlaceOfAFolderThatIsToBeCreatedIsRefused(String place) throws IOException {
        Path link = volume.resolve(place);
        Files.createDirectories(link.getParent());
        for (Path target : List.of(secret, secret.resolve("missing"))) {
            Files.createSymbolicLink(link, target);
            assertThatThrownBy(() -> OpenFolder.createBelow(volume, volume.resolve("a/b/c"), true))
                    .isInstanceOf(IOException.class);
            assertThat(secret.toFile().list()).containsExactly("token");
            Files.delete(link);
        }
        OpenFolder.createBelow(volume, volume.resolve("a/b/c"), true).close();
        assertThat(volume.resolve("a/b/c")).isEmptyDirectory();
    }

    @Test
    void aFolderIsNotCreatedOutsideOfTheVolume() {
        assertThatThrownBy(() -> OpenFolder.createBelow(volume, secret.resolve("new"), true))
                .isInstanceOf(IOException.class);
        assertThat(secret.toFile().list()).containsExactly("token");
    }

    @Test
    void aFolderThatIsALinkByNowIsNotDeleted() throws IOException {
        Path kept = Files.createDirectory(secret.resolve("partials"));
        Files.createSymbolicLink(volume.resolve("store"), secret);
        Confines confines = new Confines(volume, "/data");
        assertThatThrownBy(() -> confines.delete(volume.resolve("store/partials")))
                .isInstanceOf(IOException.class);
        Path link = Files.createSymbolicLink(volume.resolve("partials"), kept);
        confines.delete(link);
        assertThat(link).isSymbolicLink();
        assertThat(kept).isEmptyDirectory();
        confines.delete(volume);
        Path emptied = Files.createDirectory(volume.resolve("emptied"));
        confines.delete(emptied);
        assertThat(emptied).doesNotExist();
    }

    @Test
    void aStoreIsWrittenAndClearedOnItsVolumeAlone() throws Exception {
        Files.createDirectory(secret.resolve("store"));
        Path kept = Files.createDirectory(secret.resolve("store/partials"));
        Folder partials = storage.folder("/data/out/store/partials");
        whileOutIsSwapped(ExitCode.STORE_LOST, () -> {
            try (PendingFile file = partials.create("part", "one")) {
                file.write(new byte[] {'1'}, 0, 1);
                file.commit();
            }
            partials.clear();
            assertThat(kept).isEmptyDirectory();
        });
        assertThat(kept).isEmptyDirectory();
    }

    /** The folder beside the volume holds a store of the same job, whose ledger must not be read. */
    @Test
    void ledgersAreWrittenAndReadOnTheirVolumeAlone() throws Exception {
        DirectoryStore.ofRun(secret.resolve("store"), JOB).write(new Ledger(JOB.combined(), 7, "planted", List.of()));
        whileOutIsSwapped(ExitCode.STORE_LOST, () -> {
            StateStore store = storage.storeOfWorker("/data/out/store", JOB);
            store.write(new Ledger(JOB.combined(), 0, "mine", List.of()));
            assertThat(store.ledgers()).extracting(Ledger::worker).containsExactly(0);
        });
    }

    /** The store was opened before the link was there. */
    @Test
    void aStoreThatIsALinkByNowIsNeitherWrittenNorRead() throws IOException {
        Ledger planted = new Ledger(JOB.combined(), 7, "planted", List.of());
        DirectoryStore.ofRun(secret.resolve("store"), JOB).write(planted);
        StateStore store = storage.storeOfRun("/data/out/store", JOB);
        Files.move(volume.resolve("out"), volume.resolve("away"));
        Files.createSymbolicLink(volume.resolve("out"), secret);
        List<Path> before = filesOf(secret);

        assertThat(works(ExitCode.STORE_LOST, () -> store.write(planted))).isFalse();
        assertThat(works(ExitCode.STORE_LOST, store::ledgers)).isFalse();
        assertThat(works(ExitCode.STORE_LOST, () -> storage.storeOfRun("/data/out/store", JOB)))
                .isFalse();
        assertThat(filesOf(secret)).isEqualTo(before);
    }

    @Test
    void workersThatOpenAStoreAtTheSameTimeAgreeOnTheJob() throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 20; round++) {
                String uri = "/data/store-" + round;
                List<Callable<String>> openings = Collections.nCopies(
                        8, () -> storage.storeOfWorker(uri, JOB).job());
                Set<String> jobs = new HashSet<>();
                for (Future<String> opened : workers.invokeAll(openings)) {
                    jobs.add(opened.get());
                }
                assertThat(jobs).hasSize(1);
            }
        }
    }

    /** The process was killed before it had written the note. */
    @Test
    void aStoreWithAnEmptyNoteIsNew() throws IOException {
        Files.createDirectory(volume.resolve("store"));
        Files.createFile(volume.resolve("store").resolve(StoreNote.NAME));
        String name = storage.storeOfRun("/data/store", JOB).job();
        assertThat(storage.storeOfRun("/data/store", JOB).job()).isEqualTo(name);
    }

    @Test
    void generatedFilesAreKeptOnTheirVolumeAlone() throws Exception {
        byte[] content = "1\n2\n".getBytes(US_ASCII);
        whileOutIsSwapped(ExitCode.NO_OUTPUT, () -> {
            KeptFolder kept = storage.keepFolder("/data/out/new/kept");
            kept.create();
            kept.write(
                    "numbers-1",
                    out -> {
                        out.write(content);
                        return content.length;
                    },
                    written -> assertThat(written.size()).isEqualTo(content.length));
            FolderTree.delete(volume.resolve("out/new/kept"));
        });
    }

    /** A write or a deletion, which may fail. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /** Repeats {@code action} while {@code /data/out} is a folder and a link by turns; it must work sometimes. */
    private void whileOutIsSwapped(ExitCode code, Action action) throws Exception {
        Path out = Files.createDirectory(volume.resolve("out"));
        Path away = volume.resolve("away");
        Path link = Files.createSymbolicLink(volume.resolve("link"), secret);
        List<Path> before = filesOf(secret);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> swaps = other.submit(() -> {
                while (!over.get()) {
                    Files.move(out, away, StandardCopyOption.ATOMIC_MOVE);
                    put(link, out);
                    Files.move(out, link, StandardCopyOption.ATOMIC_MOVE);
                    put(away, out);
                }
                return null;
            });
            try {
                int worked = 0;
                for (int i = 0; i < ROUNDS || worked == 0; i++) {
                    worked += works(code, action) ? 1 : 0;
                    assertThat(filesOf(secret)).isEqualTo(before);
                }
            } finally {
                over.set(true);
            }
            swaps.get();
        }
    }

    /** Moves {@code from} to {@code to}, also if the worker has created a folder there in the meantime. */
    private static void put(Path from, Path to) throws IOException {
        while (true) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                deleteUnlessWritten(to);
            }
        }
    }

    private static void deleteUnlessWritten(Path folder) throws IOException {
        try {
            FolderTree.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // The worker has written into it during the deletion, so it is deleted at the next try.
            return;
        }
    }

    private static boolean works(ExitCode code, Action action) {
        try {
            action.run();
            return true;
        } catch (JobFailedException e) {
            assertThat(e.exitCode()).isEqualTo(code);
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !Files.isDirectory(path)).sorted().toList();
        }
    }
}
