package io.filejob.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.csv.ByteSource;
import io.filejob.time.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WatchedSourceTest {
    private static final String REASON = "waiting for input http://slow.example/a.csv";

    private final CountDownLatch response = new CountDownLatch(1);

    @Test
    void aReadWithoutAResponseIsShownUntilItEnds() {
        ByteSource watched = new WatchedSource(new SlowSource());
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return watched.read(0, new byte[1], 0, 1);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                Thread::startVirtualThread);
        await().atMost(Duration.ofMinutes(2)).until(() -> Waits.now().contains(REASON));
        response.countDown();
        assertThat(read.join()).isEqualTo(1);
        assertThat(Waits.now()).doesNotContain(REASON);
    }

    private final class SlowSource implements ByteSource {
        @Override
        public String name() {
            return "http://slow.example/a.csv";
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) throws IOException {
            try {
                response.await();
                return 1;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
