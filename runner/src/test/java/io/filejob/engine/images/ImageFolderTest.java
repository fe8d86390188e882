package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.image.ImageFormat;
import io.filejob.storage.S3Access;
import io.filejob.storage.Storage;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Images in a folder and in a bucket, stored by several workers and jobs. */
final class ImageFolderTest {
    private static final int UNLIMITED = 1 << 20;

    @TempDir
    private static Path shared;

    private static S3Server server;
    private static Storage storage;

    enum Kind {
        DIRECTORY,
        BUCKET
    }

    @BeforeAll
    static void start() {
        server = new S3Server(shared);
        server.bucket("images");
        storage = S3Access.storage(server, shared);
    }

    @AfterAll
    static void stop() {
        storage.close();
        server.close();
    }

    /** A folder of its own for each test. */
    private record Location(Kind kind, String uri) {
        static Location of(Kind kind) {
            String name = UUID.randomUUID().toString();
            return new Location(
                    kind,
                    switch (kind) {
                        case DIRECTORY -> name + "/out";
                        case BUCKET -> "s3://images/" + name + "/out/";
                    });
        }

        ImageFolder worker(String job, String attempt) {
            return ImageFolder.open(storage, uri, job, attempt);
        }

        /** Returns the names of all files below the folder, also of hidden ones. */
        Set<String> files() throws IOException {
            if (kind == Kind.BUCKET) {
                String prefix = uri.substring("s3://images/".length());
                return server
                        .client()
                        .listObjectsV2(request -> request.bucket("images").prefix(prefix))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(prefix.length()))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
            Path folder = shared.resolve(uri);
            if (!Files.exists(folder)) {
                return Set.of();
            }
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(file -> !file.equals(folder))
                        .map(file -> folder.relativize(file).toString())
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }

        void put(String name, byte[] content) throws IOException {
            if (kind == Kind.BUCKET) {
                server.put("images", uri.substring("s3://images/".length()) + name, content);
            } else {
                Path file = shared.resolve(uri).resolve(name);
                Files.createDirectories(file.resolveSibling(""));
                Files.write(file, content);
            }
        }

        byte[] get(String name) throws IOException {
            return kind == Kind.BUCKET
                    ? server.get("images", uri.substring("s3://images/".length()) + name)
                    : Files.readAllBytes(shared.resolve(uri).resolve(name));
        }
    }

    /** Returns images with the serial numbers {@code serials}; the content depends on {@code version}. */
    private static List<ImageFolder.NewImage> images(String version, String... serials) throws IOException {
        List<ImageFolder.NewImage> images = new ArrayList<>();
        for (String serial : serials) {
            byte[] content = (version + " of " + serial).getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(Files.createTempFile(shared, "image", ".tmp"), content);
            images.add(new ImageFolder.NewImage(name(version, serial), ImageFormat.JPEG, file));
        }
        return images;
    }

    private static String name(String version, String serial) {
        byte[] digest = new byte[32];
        digest[0] = (byte) version.hashCode();
        return ImageFolder.name(serial, 1, digest, ImageFormat.JPEG);
    }

    private static Set<String> names(String version, String... serials) {
        return Stream.of(serials).map(serial -> name(version, serial)).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource
    void storedImagesAreThereWithNothingElseWhenTheJobIsFinished(Kind kind) throws IOException {
        Location location = Location.of(kind);
        String[] serials = IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new);
        ImageFolder worker = location.worker("job", "one");
        worker.check();
        worker.store(3, images("a", serials));
        assertThat(worker.exists(name("a", "7"))).isTrue();
        assertThat(worker.exists(name("b", "7"))).isFalse();
        assertThat(location.files()).containsAll(names("a", serials));
        assertThat(location.files()).anyMatch(name -> name.startsWith(".filejob/job.3.one."));
        worker.finish(name -> true);
        assertThat(location.files()).isEqualTo(names("a", serials));
        assertThat(location.get(name("a", "7"))).asString().isEqualTo("a of 7");
        assertThat(worker.uri("x.jpg")).isEqualTo(location.uri() + (kind == Kind.BUCKET ? "x.jpg" : "/x.jpg"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAJobWithoutImages(Kind kind) throws IOException {
        Location location = Location.of(kind);
        ImageFolder worker = location.worker("job", "one");
        worker.store(0, List.of());
        worker.finish(name -> true);
        assertThat(worker.remove()).isEmpty();
        assertThat(location.files()).isEmpty();
    }

    @Test
    void anObjectHasItsTypeAndMayBeCachedForever() throws IOException {
        Location location = Location.of(Kind.BUCKET);
        location.worker("job", "one").store(0, images("a", "1"));
        HeadObjectResponse head = server.client().headObject(request -> request.bucket("images")
                .key(location.uri().substring("s3://images/".length()) + name("a", "1")));
        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
    }

    /** A catalogue may have the same image twice in one row, in two rows, or in two slices. */
    @ParameterizedTest
    @EnumSource
    void anImageMayBeStoredMoreThanOnce(Kind kind) throws IOException {
        Location location = Location.of(kind);
        ImageFolder worker = location.worker("job", "one");
        worker.store(
                0,
                Stream.concat(images("a", "1").stream(), images("a", "1").stream())
                        .toList());
        worker.store(0, images("a", "1", "2"));
        worker.store(1, images("a", "2"));
        worker.finish(name -> !name.equals(name("a", "1")));
        assertThat(location.files()).isEqualTo(names("a", "2"));
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWorkersOfOneSliceTheImagesOfTheChosenOneStay(Kind kind) throws Exception {
        for (boolean isSame : new boolean[] {true, false}) {
            Location location = Location.of(kind);
            CyclicBarrier together = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<ImageFolder>> workers = Stream.of("a", isSame ? "a" : "b")
                        .map(version -> threads.submit(() -> {
                            ImageFolder worker =
                                    location.worker("job", UUID.randomUUID().toString());
                            List<ImageFolder.NewImage> images = images(version, "1", "2", "3");
                            together.await();
                            worker.store(0, images);
                            return worker;
                        }))
                        .toList();
                ImageFolder first = workers.getFirst().get();
                ImageFolder second = workers.getLast().get();
                // All workers of a job finish it, at the same time.
                List<Future<?>> finishing = Stream.of(first, second)
                        .<Future<?>>map(
                                worker -> threads.submit(() -> worker.finish(names("a", "1", "2", "3")::contains)))
                        .toList();
                for (Future<?> each : finishing) {
                    each.get();
                }
            }
            assertThat(location.files()).isEqualTo(names("a", "1", "2", "3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatIsRemovedTakesItsImagesWithIt(Kind kind) throws IOException {
        Location location = Location.of(kind);
        location.put("kept.txt", new byte[1]);
        location.worker("job", "one").store(0, images("a", "1", "2"));
        location.worker("job", "two").store(1, images("a", "3"));
        ImageFolder cleanup = location.worker("job", "cleanup");
        assertThat(cleanup.remove()).isEqualTo("3 images in " + location.uri());
        assertThat(cleanup.remove()).isEmpty();
        assertThat(location.files()).containsExactly("kept.txt");
    }

    @ParameterizedTest
    @EnumSource
    void anImageOfAnEarlierJobIsNeverDeleted(Kind kind) throws IOException {
        Location location = Location.of(kind);
        ImageFolder earlier = location.worker("earlier", "one");
        earlier.store(0, images("a", "1"));
        earlier.finish(name -> true);
        ImageFolder later = location.worker("later", "one");
        later.store(0, images("a", "1", "2"));
        later.finish(name -> false);
        assertThat(location.files()).isEqualTo(names("a", "1"));
        later.store(0, images("a", "1", "2"));
        assertThat(later.remove()).startsWith("1 images");
        assertThat(location.files()).isEqualTo(names("a", "1"));
    }

    /** A user applies the manifest of a failed job once more before that job is cleaned up. */
    @ParameterizedTest
    @EnumSource
    void anImageThatAnotherJobUsesIsNeverDeleted(Kind kind) throws IOException {
        Location location = Location.of(kind);
        ImageFolder failed = location.worker("failed", "one");
        failed.store(0, images("a", "1", "2"));
        ImageFolder next = location.worker("next", "one");
        next.store(0, images("a", "1"));
        assertThat(failed.remove()).startsWith("1 images");
        assertThat(location.files()).containsAll(names("a", "1")).doesNotContainAnyElementsOf(names("a", "2"));
        next.finish(name -> true);
        assertThat(location.files()).isEqualTo(names("a", "1"));
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedImageIsStoredAgain(Kind kind) throws IOException {
        Location location = Location.of(kind);
        location.put(name("a", "1"), new byte[1]);
        ImageFolder worker = location.worker("job", "one");
        worker.store(0, images("a", "1"));
        worker.finish(name -> true);
        assertThat(location.get(name("a", "1"))).asString().isEqualTo("a of 1");
    }

    /** The lists are in a folder that others may write. */
    @ParameterizedTest
    @EnumSource
    void aListThatNamesOtherFilesDeletesNone(Kind kind) throws IOException {
        Location location = Location.of(kind);
        location.worker("job", "one").store(0, images("a", "1"));
        location.put("sub/kept.jpg", new byte[1]);
        String list = "+../kept.jpg\n+sub/kept.jpg\n+.filejob\n+\n\n+/etc/passwd\n*kept.jpg\nkept.jpg\n";
        location.put(".filejob/job.1.two.0", list.getBytes(StandardCharsets.UTF_8));
        location.put(".filejob/job.2.two.0", new byte[] {'+', (byte) 0xff, 0, '\n'});
        location.put("kept.jpg", new byte[1]);
        location.worker("job", "cleanup").remove();
        assertThat(location.files())
                .filteredOn(name -> name.endsWith(".jpg"))
                .containsExactly("kept.jpg", "sub/kept.jpg");
    }

    /** The credentials are refused after any number of requests, as if the worker was killed there. */
    @Test
    void noImageIsLeftOfAWorkerThatEndsAtAnyRequest() throws IOException {
        for (int requests = 0; ; requests++) {
            Location location = Location.of(Kind.BUCKET);
            boolean hasFailed =
                    failsAfter(requests, () -> location.worker("job", "one").store(0, images("a", "1", "2")));
            ImageFolder second = location.worker("job", "two");
            second.store(0, images("b", "1", "2"));
            second.finish(names("b", "1", "2")::contains);
            assertThat(location.files()).as("after %s requests", requests).isEqualTo(names("b", "1", "2"));
            if (!hasFailed) {
                assertThat(requests).isGreaterThan(4);
                return;
            }
        }
    }

    /** The same, for a worker that finishes the job; a later clean-up must not delete published images. */
    @Test
    void noImageIsLeftOrLostAfterAWorkerThatEndsWhileItFinishes() throws IOException {
        for (int requests = 0; ; requests++) {
            Location location = Location.of(Kind.BUCKET);
            location.worker("job", "one").store(0, images("a", "1", "2"));
            ImageFolder second = location.worker("job", "two");
            second.store(0, images("b", "1", "2"));
            location.worker("job", "three").store(1, images("b", "3"));
            Set<String> published = names("b", "1", "2", "3");
            boolean hasFailed = failsAfter(requests, () -> second.finish(published::contains));
            boolean hasBegun = hasFailed && location.files().stream().anyMatch(name -> name.contains("garbage"));
            if (hasFailed && (!hasBegun || requests % 2 == 0)) {
                location.worker("job", "three").finish(published::contains);
            } else {
                location.worker("job", "cleanup").remove();
            }
            assertThat(location.files()).as("after %s requests", requests).isEqualTo(published);
            if (!hasFailed) {
                assertThat(requests).isGreaterThan(8);
                return;
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static boolean failsAfter(int requests, Action action) throws IOException {
        server.refuseAfter(requests);
        try {
            action.run();
            return false;
        } catch (JobFailedException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.CREDENTIALS_REFUSED);
            return true;
        } finally {
            server.refuseAfter(UNLIMITED);
        }
    }

    @Test
    void anInterruptedWorkerSaysSo() throws IOException {
        ImageFolder worker = Location.of(Kind.DIRECTORY).worker("job", "one");
        List<ImageFolder.NewImage> images = images("a", "1");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> worker.store(0, images))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aMissingBucketIsNamed() throws IOException {
        ImageFolder worker = ImageFolder.open(storage, "s3://missing/out", "job", "one");
        List<ImageFolder.NewImage> images = images("a", "1");
        for (ThrowingCallable action : List.<ThrowingCallable>of(worker::check, () -> worker.store(0, images))) {
            assertThatThrownBy(action)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.NO_OUTPUT))
                    .hasMessageContaining("missing")
                    .hasMessageContaining("bucket");
        }
    }
}
