package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.engine.images.ImageLocations.Kind;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that end at any request, and folders that cannot be used. */
final class ImageFolderFailuresTest {
    private static final int UNLIMITED = 1 << 20;

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

    /** The credentials are refused after any number of requests, as if the worker was killed there. */
    @Test
    void noImageIsLeftOfAWorkerThatEndsAtAnyRequest() throws IOException {
        for (int requests = 0; ; requests++) {
            ImageLocations.Location location = locations.create(Kind.BUCKET);
            boolean hasFailed =
                    failsAfter(requests, () -> location.worker("job", "one").store(0, locations.images("a", "1", "2")));
            ImageFolder second = location.worker("job", "two");
            second.store(0, locations.images("b", "1", "2"));
            second.finish(ImageLocations.names("b", "1", "2")::contains);
            assertThat(location.files())
                    .as("after %s requests", requests)
                    .isEqualTo(ImageLocations.names("b", "1", "2"));
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
            ImageLocations.Location location = locations.create(Kind.BUCKET);
            location.worker("job", "one").store(0, locations.images("a", "1", "2"));
            ImageFolder second = location.worker("job", "two");
            second.store(0, locations.images("b", "1", "2"));
            location.worker("job", "three").store(1, locations.images("b", "3"));
            Set<String> published = ImageLocations.names("b", "1", "2", "3");
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
        locations.server().refuseAfter(requests);
        try {
            action.run();
            return false;
        } catch (JobFailedException e) {
            // A server that refuses an image before it has read it may close the connection, and its response is lost.
            assertThat(e.exitCode()).as("%s", e).isIn(ExitCode.CREDENTIALS_REFUSED, ExitCode.UNAVAILABLE);
            return true;
        } finally {
            locations.server().refuseAfter(UNLIMITED);
        }
    }

    @Test
    void anInterruptedWorkerSaysSo() throws IOException {
        ImageFolder worker = locations.create(Kind.DIRECTORY).worker("job", "one");
        List<ImageFolder.NewImage> images = locations.images("a", "1");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> worker.store(0, images))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aMissingBucketIsNamed() throws IOException {
        ImageFolder worker = ImageFolder.open(locations.storage(), "s3://missing/out", "job", "one");
        List<ImageFolder.NewImage> images = locations.images("a", "1");
        for (ThrowingCallable action : List.<ThrowingCallable>of(worker::check, () -> worker.store(0, images))) {
            assertThatThrownBy(action)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.NO_OUTPUT))
                    .hasMessageContaining("missing")
                    .hasMessageContaining("bucket");
        }
    }
}
