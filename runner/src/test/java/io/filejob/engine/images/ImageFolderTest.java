package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.engine.images.ImageLocations.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Images in a folder and in a bucket, stored by several workers and jobs. */
final class ImageFolderTest {
    @TempDir
    private static Path shared;

    private static ImageLocations locations;

    @BeforeAll
    static void start() {
        locations = new ImageLocations(shared);
    }

    @AfterAll
    static void stop() {
        locations.close();
    }

    @ParameterizedTest
    @EnumSource
    void storedImagesAreThereWithNothingElseWhenTheJobIsFinished(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        String[] serials = IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new);
        ImageFolder worker = location.worker("job", "one");
        worker.check();
        worker.store(3, locations.images("a", serials));
        assertThat(worker.exists(ImageLocations.name("a", "7"))).isTrue();
        assertThat(worker.exists(ImageLocations.name("b", "7"))).isFalse();
        assertThat(location.files()).containsAll(ImageLocations.names("a", serials));
        assertThat(location.files()).anyMatch(name -> name.startsWith(".filejob/job.3.one."));
        worker.finish(name -> true);
        assertThat(location.files()).isEqualTo(ImageLocations.names("a", serials));
        assertThat(location.get(ImageLocations.name("a", "7"))).asString().isEqualTo("a of 7");
        assertThat(worker.uri("x.jpg")).isEqualTo(location.uri() + (kind == Kind.BUCKET ? "x.jpg" : "/x.jpg"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAJobWithoutImages(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        ImageFolder worker = location.worker("job", "one");
        worker.store(0, List.of());
        worker.finish(name -> true);
        assertThat(worker.remove()).isEmpty();
        assertThat(location.files()).isEmpty();
    }

    @Test
    void anObjectHasItsTypeAndMayBeCachedForever() throws IOException {
        ImageLocations.Location location = locations.create(Kind.BUCKET);
        location.worker("job", "one").store(0, locations.images("a", "1"));
        HeadObjectResponse head = locations.server().client().headObject(request -> request.bucket("images")
                .key(location.uri().substring("s3://images/".length()) + ImageLocations.name("a", "1")));
        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
    }

    /** A catalogue may have the same image twice in one row, in two rows, or in two slices. */
    @ParameterizedTest
    @EnumSource
    void anImageMayBeStoredMoreThanOnce(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        ImageFolder worker = location.worker("job", "one");
        worker.store(
                0,
                Stream.concat(locations.images("a", "1").stream(), locations.images("a", "1").stream())
                        .toList());
        worker.store(0, locations.images("a", "1", "2"));
        worker.store(1, locations.images("a", "2"));
        worker.finish(name -> !name.equals(ImageLocations.name("a", "1")));
        assertThat(location.files()).isEqualTo(ImageLocations.names("a", "2"));
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWorkersOfOneSliceTheImagesOfTheChosenOneStay(Kind kind) throws Exception {
        for (boolean isSame : new boolean[] {true, false}) {
            ImageLocations.Location location = locations.create(kind);
            CyclicBarrier together = new CyclicBarrier(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<ImageFolder>> workers = Stream.of("a", isSame ? "a" : "b")
                        .map(version -> threads.submit(() -> {
                            ImageFolder worker =
                                    location.worker("job", UUID.randomUUID().toString());
                            List<ImageFolder.NewImage> images = locations.images(version, "1", "2", "3");
                            together.await();
                            worker.store(0, images);
                            return worker;
                        }))
                        .toList();
                ImageFolder first = workers.getFirst().get();
                ImageFolder second = workers.getLast().get();
                // All workers of a job finish it, at the same time.
                List<Future<?>> finishing = Stream.of(first, second)
                        .<Future<?>>map(worker ->
                                threads.submit(() -> worker.finish(ImageLocations.names("a", "1", "2", "3")::contains)))
                        .toList();
                for (Future<?> each : finishing) {
                    each.get();
                }
            }
            assertThat(location.files()).isEqualTo(ImageLocations.names("a", "1", "2", "3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobThatIsRemovedTakesItsImagesWithIt(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        location.put("kept.txt", new byte[1]);
        location.worker("job", "one").store(0, locations.images("a", "1", "2"));
        location.worker("job", "two").store(1, locations.images("a", "3"));
        ImageFolder cleanup = location.worker("job", "cleanup");
        assertThat(cleanup.remove()).isEqualTo("3 images in " + location.uri());
        assertThat(cleanup.remove()).isEmpty();
        assertThat(location.files()).containsExactly("kept.txt");
    }

    @ParameterizedTest
    @EnumSource
    void anImageOfAnEarlierJobIsNeverDeleted(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        ImageFolder earlier = location.worker("earlier", "one");
        earlier.store(0, locations.images("a", "1"));
        earlier.finish(name -> true);
        ImageFolder later = location.worker("later", "one");
        later.store(0, locations.images("a", "1", "2"));
        later.finish(name -> false);
        assertThat(location.files()).isEqualTo(ImageLocations.names("a", "1"));
        later.store(0, locations.images("a", "1", "2"));
        assertThat(later.remove()).startsWith("1 images");
        assertThat(location.files()).isEqualTo(ImageLocations.names("a", "1"));
    }

    /** A user applies the manifest of a failed job once more before that job is cleaned up. */
    @ParameterizedTest
    @EnumSource
    void anImageThatAnotherJobUsesIsNeverDeleted(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        ImageFolder failed = location.worker("failed", "one");
        failed.store(0, locations.images("a", "1", "2"));
        ImageFolder next = location.worker("next", "one");
        next.store(0, locations.images("a", "1"));
        assertThat(failed.remove()).startsWith("1 images");
        assertThat(location.files())
                .containsAll(ImageLocations.names("a", "1"))
                .doesNotContainAnyElementsOf(ImageLocations.names("a", "2"));
        next.finish(name -> true);
        assertThat(location.files()).isEqualTo(ImageLocations.names("a", "1"));
    }

    /** Another job that uses the images of a failed one ends before that one is cleaned up. */
    @ParameterizedTest
    @EnumSource
    void anImageThatAFinishedJobUsesIsNeverDeleted(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        ImageFolder failed = location.worker("failed", "one");
        failed.store(0, locations.images("a", "1", "2", "3"));
        ImageFolder next = location.worker("next", "one");
        next.store(0, locations.images("a", "1", "2", "4"));
        String notChosen = ImageLocations.name("a", "2");
        next.finish(name -> !name.equals(notChosen));
        assertThat(failed.remove()).isEqualTo("2 images in " + location.uri());
        assertThat(location.files()).as("and no list").isEqualTo(ImageLocations.names("a", "1", "4"));
    }

    /** Both jobs have found that an image is missing or damaged, and have stored it. */
    @ParameterizedTest
    @EnumSource
    void anImageThatTwoJobsHaveAddedStaysIfOneOfThemUsesIt(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        ImageFolder failed = location.worker("failed", "one");
        failed.store(0, locations.images("a", "1"));
        ImageFolder next = location.worker("next", "one");
        location.put(ImageLocations.name("a", "1"), new byte[1]);
        next.store(0, locations.images("a", "1"));
        next.finish(name -> true);
        assertThat(failed.remove()).isEmpty();
        assertThat(location.files()).isEqualTo(ImageLocations.names("a", "1"));
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedImageIsStoredAgain(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        location.put(ImageLocations.name("a", "1"), new byte[1]);
        ImageFolder worker = location.worker("job", "one");
        worker.store(0, locations.images("a", "1"));
        worker.finish(name -> true);
        assertThat(location.get(ImageLocations.name("a", "1"))).asString().isEqualTo("a of 1");
    }

    /** The lists are in a folder that others may write. */
    @ParameterizedTest
    @EnumSource
    void aListThatNamesOtherFilesDeletesNone(Kind kind) throws IOException {
        ImageLocations.Location location = locations.create(kind);
        location.worker("job", "one").store(0, locations.images("a", "1"));
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
}
