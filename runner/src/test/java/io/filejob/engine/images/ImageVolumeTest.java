package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.image.ImageFormat;
import io.filejob.storage.Storage;
import io.filejob.storage.VolumeFixture;
import io.filejob.testing.system.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images on a volume: no link leads out of it, and problems of the folder are named. */
final class ImageVolumeTest {
    @TempDir
    private Path folder;

    private VolumeFixture fixture;
    private Path volume;
    private Path secret;

    @BeforeEach
    void create() throws IOException {
        fixture = VolumeFixture.in(folder);
        volume = fixture.volume();
        secret = fixture.secret();
    }

    @AfterEach
    void close() {
        assertThat(secret.toFile().list()).containsExactly("token");
        fixture.close();
    }

    private ImageFolder images(String uri, String attempt) {
        return ImageFolder.open(fixture.storage(), uri, "job", attempt);
    }

    private List<ImageFolder.NewImage> image(String name) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "image", ".tmp"), new byte[] {1, 2});
        return List.of(new ImageFolder.NewImage(name, ImageFormat.PNG, file));
    }

    @Test
    void imagesAreStoredBelowTheMountPath() throws IOException {
        ImageFolder images = images("file:///data/new/out/", "one");
        images.check();
        images.store(0, image("a.png"));
        images.finish(name -> true);
        assertThat(volume.resolve("new/out/a.png")).hasSize(2);
        assertThat(volume.resolve("new/out").toFile().list()).containsExactly("a.png");
        assertThat(images.uri("a.png")).isEqualTo("file:///data/new/out/a.png");
    }

    @Test
    void noLinkLeadsOutOfTheVolume() throws IOException {
        Files.createSymbolicLink(volume.resolve("folder-out"), secret);
        Files.createDirectory(volume.resolve("lists"));
        Files.createSymbolicLink(volume.resolve("lists/.filejob"), secret);
        Files.createDirectory(volume.resolve("out"));
        Files.createSymbolicLink(volume.resolve("out/a.png"), secret.resolve("token"));
        Files.createSymbolicLink(volume.resolve("out/b.png"), secret.resolve("new"));
        List<ImageFolder.NewImage> image = image("a.png");
        String problem = "leads out of the volume /data";
        refused(() -> images("/data/folder-out", "one").check(), problem);
        for (String below : List.of("/data/folder-out", "/data/folder-out/new", "/data/lists", "/data/out")) {
            refused(() -> images(below, "one").store(0, image), problem);
        }
        refused(() -> images("/data/out", "one").exists("b.png"), problem);
        refused(() -> images("/data/folder-out", "one").finish(name -> false), problem);
        refused(() -> images("/data/lists", "one").remove(), problem);
    }

    /** A list may name a link; deleting it must not delete the linked file. */
    @Test
    void aLinkIsDeletedInsteadOfItsTarget() throws IOException {
        ImageFolder images = images("/data/out", "one");
        images.store(0, image("a.png"));
        Files.writeString(volume.resolve("kept"), "x");
        Files.delete(volume.resolve("out/a.png"));
        Files.createSymbolicLink(volume.resolve("out/a.png"), volume.resolve("kept"));
        images.remove();
        assertThat(volume.resolve("kept")).hasSize(1);
        assertThat(volume.resolve("out")).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(volume.resolve("file"), "x");
        List<ImageFolder.NewImage> image = image("a.png");
        for (String uri : List.of("/data/file", "/data/file/out")) {
            refused(() -> images(uri, "one").check(), volume.resolve("file").toString());
            refused(
                    () -> images(uri, "one").store(0, image),
                    volume.resolve("file").toString());
        }
        try (Tmpfs disk = new Tmpfs(1);
                Storage storage = new Storage(disk.folder())) {
            Files.createDirectory(disk.folder().resolve("out"));
            disk.makeReadOnly();
            for (String name : List.of("out", "new/out")) {
                ImageFolder images = ImageFolder.open(storage, name, "job", "one");
                refused(images::check, disk.folder().toString());
                refused(() -> images.store(0, image), disk.folder().toString());
            }
        }
    }

    @Test
    void afterAStoreThatFailedInTheMiddleNothingIsLeft() throws IOException {
        Files.createDirectories(volume.resolve("out/b.png"));
        List<ImageFolder.NewImage> three = List.of(
                image("a.png").getFirst(),
                image("b.png").getFirst(),
                image("c.png").getFirst());
        refused(() -> images("/data/out", "one").store(0, three), "b.png");
        images("/data/out", "cleanup").remove();
        assertThat(volume.resolve("out").toFile().list()).containsExactly("b.png");
    }

    @Test
    void anImageThatIsGoneFromTheScratchFolderIsNamed() throws IOException {
        List<ImageFolder.NewImage> image = image("a.png");
        Files.delete(image.getFirst().file());
        assertThatThrownBy(() -> images("/data/out", "one").store(0, image))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContaining(image.getFirst().file().toString());
    }

    /** The content of the late worker's image is a pipe, so that its store lasts until the test writes it. */
    @Test
    void aLateWorkerDeletesTheImagesThatItStoresAfterTheEndOfTheJob() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        ImageFolder winner = images("/data/out", "one");
        ImageFolder late = images("/data/out", "two");
        winner.store(0, image("a.png"));
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> storing = thread.submit(
                    () -> late.store(0, List.of(new ImageFolder.NewImage("b.png", ImageFormat.PNG, pipe))));
            await().atMost(Duration.ofMinutes(2)).until(this::hasListOfTwo);
            winner.finish("a.png"::equals);
            Files.write(pipe, new byte[] {1});
            storing.get();
        }
        assertThat(volume.resolve("out/b.png")).exists();
        late.finish("a.png"::equals);
        assertThat(volume.resolve("out").toFile().list()).containsExactly("a.png");
    }

    private static void refused(ThrowingCallable action, String part) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_OUTPUT))
                .hasMessageContaining(part);
    }

    private boolean hasListOfTwo() throws IOException {
        try (Stream<Path> lists = Files.list(volume.resolve("out/.filejob"))) {
            return lists.anyMatch(list -> list.toString().contains(".two."));
        }
    }
}
