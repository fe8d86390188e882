package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.plan.InputFile;
import io.filejob.storage.compression.SourceStream;
import io.filejob.storage.local.VolumeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links on a volume never lead out of it, for reads and for writes. */
final class VolumeLinksTest {
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
        Files.createDirectory(volume.resolve("in"));
        Files.writeString(volume.resolve("in/a.csv"), "price\n2\n");
        Files.createSymbolicLink(volume.resolve("file-out"), secret.resolve("token"));
        Files.createSymbolicLink(volume.resolve("folder-out"), Path.of("../secret"));
        Files.createSymbolicLink(volume.resolve("link-to-link"), Path.of("folder-out"));
        Files.createSymbolicLink(volume.resolve("new-out"), Path.of("../secret/new"));
        Files.createSymbolicLink(volume.resolve("inner"), Path.of("in"));
        Files.createSymbolicLink(volume.resolve("inner.csv"), volume.resolve("in/a.csv"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/file-out",
                "/data/folder-out",
                "/data/folder-out/token",
                "/data/link-to-link/t*",
                "/data/folder-out/**",
                "/data/*",
                "/data/*/token",
                "/data/**"
            })
    void noInputIsOutsideTheVolume(String entry) {
        refused(() -> storage.list(List.of(entry)), ExitCode.NO_INPUT);
    }

    @Test
    void linksWithinTheVolumeAreFollowed() throws IOException {
        assertThat(storage.list(List.of("/data/inner.csv", "/data/inner/*")))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.name()).isEqualTo("/data/inner.csv");
                    try (ByteSource source = storage.open(file)) {
                        assertThat(new SourceStream(source).readAllBytes()).hasSize(8);
                    }
                });
        // The volume's folder itself may be a link.
        Files.createSymbolicLink(folder.resolve("volume-link"), volume);
        try (Storage linked = VolumeFixture.storage("/data=" + folder.resolve("volume-link"))) {
            InputFile file = linked.list(List.of("/data/in/*")).getFirst();
            linked.open(file).close();
        }
    }

    @Test
    void aLinkThatAppearsAfterTheListingIsNotFollowed() throws IOException {
        InputFile file = storage.list(List.of("/data/in/a.csv")).getFirst();
        Files.delete(volume.resolve("in/a.csv"));
        Files.createSymbolicLink(volume.resolve("in/a.csv"), secret.resolve("token"));
        refused(() -> storage.open(file).close(), ExitCode.NO_INPUT);
        Files.delete(volume.resolve("in/a.csv"));
        Files.delete(volume.resolve("in"));
        Files.copy(secret.resolve("token"), secret.resolve("a.csv"));
        Files.createSymbolicLink(volume.resolve("in"), secret);
        refused(() -> storage.open(file).close(), ExitCode.NO_INPUT);
    }

    @Test
    void folderByFolderNoLinkIsFollowed() throws IOException {
        assertThatThrownBy(() -> VolumeFile.open(volume, volume.resolve("folder-out/token")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> VolumeFile.open(volume, volume.resolve("file-out")))
                .isInstanceOf(IOException.class);
        VolumeFile.open(volume, volume.resolve("in/a.csv")).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file-out", "new-out", "folder-out/new", "link-to-link/token"})
    void noOutputIsOutsideTheVolume(String name) throws IOException {
        refused(() -> storage.checkTarget("/data/" + name), ExitCode.NO_OUTPUT);
        Target target = storage.target("/data/" + name);
        refused(() -> target.destination().create(target.name(), "one").close(), ExitCode.NO_OUTPUT);
        assertThat(secret.toFile().list()).containsExactly("token");
    }

    @Test
    void noStoreAndNoKeptFileIsOutsideTheVolume() {
        refused(() -> storage.keepFolder("/data/folder-out/kept"), ExitCode.NO_OUTPUT);
        refused(() -> storage.identityOfStore("/data/folder-out/store"), ExitCode.STORE_LOST);
        Folder partials = storage.folder("/data/folder-out/store/partials");
        refused(() -> partials.create("a", "one").close(), ExitCode.STORE_LOST);
        Folder planted = storage.folder("/data");
        refused(() -> planted.open("file-out").close(), ExitCode.STORE_LOST);
        refused(() -> planted.find("file-out"), ExitCode.STORE_LOST);
        assertThat(secret.toFile().list()).containsExactly("token");
    }

    @Test
    void aFolderThatBecomesALinkWhileAnOutputIsWrittenGetsNothing() throws IOException {
        Path out = Files.createDirectory(volume.resolve("out"));
        Target target = storage.target("/data/out/totals.csv");
        try (PendingFile file = target.destination().create(target.name(), "one")) {
            file.write(new byte[] {'1'}, 0, 1);
            Files.move(out, volume.resolve("moved"));
            Files.createSymbolicLink(out, secret);
            file.finish();
            assertThatThrownBy(file::commit)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.NO_OUTPUT))
                    .hasMessageContaining("was replaced meanwhile");
        }
        assertThat(secret.toFile().list()).containsExactly("token");
        assertThat(volume.resolve("moved")).isEmptyDirectory();
    }

    /** Another pod swaps a folder and a link all the time: a write works or fails, but never goes out of the volume. */
    @Test
    void noLinkIsFollowedThatIsPutThereBetweenCheckAndWrite() throws Exception {
        Path out = Files.createDirectory(volume.resolve("out"));
        Path away = volume.resolve("away");
        Path link = Files.createSymbolicLink(volume.resolve("link"), secret);
        AtomicBoolean over = new AtomicBoolean();
        Target target = storage.target("/data/out/totals.csv");
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> swaps = other.submit(() -> {
                while (!over.get()) {
                    Files.move(out, away, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, out, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(out, link, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(away, out, StandardCopyOption.ATOMIC_MOVE);
                }
                return null;
            });
            try {
                int written = 0;
                for (int i = 0; i < 1_000 || written == 0; i++) {
                    written += wrote(target) ? 1 : 0;
                    assertThat(secret.toFile().list()).containsExactly("token");
                }
            } finally {
                over.set(true);
            }
            swaps.get();
        }
    }

    private static boolean wrote(Target target) {
        try (PendingFile file = target.destination().create(target.name(), "one")) {
            file.write(new byte[] {'1'}, 0, 1);
            file.commit();
            return true;
        } catch (JobFailedException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.NO_OUTPUT);
            return false;
        }
    }

    private static void refused(ThrowingCallable action, ExitCode code) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContaining("leads out of the volume /data");
    }
}
