package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.Storage;
import io.filejob.storage.fetch.FetchLimits;
import io.filejob.storage.fetch.Fetcher;
import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images of a slice that are fetched while others are compressed. */
@Timeout(120)
final class ImageFetchesTest {
    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nimage";
    private static final int PER_HOST = 2;
    private static final long LIMIT = 1 << 20;
    /** As much as all files that wait may have. */
    private static final long LARGE = 512L << 20;

    @TempDir
    private Path folder;

    private static FetchLimits limits() {
        return new FetchLimits(LIMIT, Duration.ofSeconds(60), PER_HOST);
    }

    private static List<String> urls(String server, int number) {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            urls.add(server + "/" + i + ".jpg");
        }
        return urls;
    }

    private static RawServer held(CountDownLatch released) throws IOException {
        return new RawServer((_, response) -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            response.write(RESPONSE);
        });
    }

    @Test
    void aHostThatDoesNotRespondDelaysItsOwnImagesOnly() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (RawServer slow = held(released);
                RawServer fast = new RawServer((_, response) -> response.write(RESPONSE));
                Storage storage = new Storage(folder);
                Fetcher fetcher = storage.fetcher(limits())) {
            List<String> urls = urls(slow.uri(), 40);
            urls.addAll(urls(fast.uri(), 20));
            try (ImageFetches fetches = new ImageFetches(fetcher, urls, PER_HOST, LIMIT, folder)) {
                for (int i = 0; i < 20; i++) {
                    FetchedImage image = fetches.take();
                    assertThat(image.url()).startsWith(fast.uri());
                    assertThat(image.file()).hasContent("image");
                    fetches.release(image);
                }
                assertThat(slow.requests()).isLessThanOrEqualTo(PER_HOST);
                released.countDown();
                for (int i = 0; i < 40; i++) {
                    FetchedImage image = fetches.take();
                    assertThat(image.url()).startsWith(slow.uri());
                    fetches.release(image);
                }
            }
        }
    }

    @Test
    void filesThatWaitHaveABoundedSize() throws Exception {
        try (RawServer server = new RawServer((_, response) -> response.write(RESPONSE));
                Storage storage = new Storage(folder);
                Fetcher fetcher = storage.fetcher(limits())) {
            try (ImageFetches fetches = new ImageFetches(fetcher, urls(server.uri(), 2), 2, LARGE, folder)) {
                FetchedImage first = fetches.take();
                // The next one is not begun before there is space for its maximum size.
                assertThat(server.requests()).isEqualTo(1);
                fetches.release(first);
                fetches.release(fetches.take());
            }
        }
    }

    @Test
    void anInterruptEndsAllThreads() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer slow = held(never);
                Storage storage = new Storage(folder);
                Fetcher fetcher = storage.fetcher(limits())) {
            try (ImageFetches fetches = new ImageFetches(fetcher, urls(slow.uri(), 10), PER_HOST, LIMIT, folder)) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(fetches::take)
                        .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                                .isEqualTo(ExitCode.INTERRUPTED));
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(folder).isEmptyDirectory();
        } finally {
            never.countDown();
        }
    }
}
