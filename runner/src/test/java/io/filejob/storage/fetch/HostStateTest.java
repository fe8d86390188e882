package io.filejob.storage.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a request to a host may begin. */
@Timeout(300)
final class HostStateTest {
    private final TestTime time = new TestTime();
    private final HostState host = new HostState("shop.example:443", 2, time::nanoTime, time::await);

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void fail(Duration asked) throws Exception {
        host.begin();
        host.failed(asked);
        host.end();
    }

    /** Makes the host fail until its files fail at once. */
    private void failForTwoMinutes() throws Exception {
        while (time.passed().compareTo(seconds(121)) < 0) {
            fail(Duration.ZERO);
        }
    }

    private void assertFailsAtOnce(String message) {
        Duration before = time.passed();
        assertThatThrownBy(host::begin)
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.problem()).isEqualTo(FetchProblem.UNAVAILABLE))
                .hasMessageContaining(message);
        assertThat(time.passed()).isEqualTo(before);
    }

    @Test
    void aPauseHoldsForAllRequests() throws Exception {
        host.begin();
        host.begin();
        host.failed(seconds(7));
        host.failed(seconds(3));
        host.end();
        host.end();
        host.begin();
        assertThat(time.passed()).isEqualTo(seconds(7));
    }

    @Test
    void aLongPauseFailsFilesUntilItsEndIsNear() throws Exception {
        fail(seconds(200));
        assertFailsAtOnce("asked for a pause that ends in 200 s (limit 120)");
        time.pass(seconds(80));
        host.begin();
        assertThat(time.passed()).isEqualTo(seconds(200));
    }

    @Test
    void noPauseIsLongerThanTenMinutes() throws Exception {
        fail(Duration.ofDays(365));
        assertFailsAtOnce("ends in 600 s");
        time.pass(seconds(600));
        host.begin();
        assertThat(time.passed()).isEqualTo(seconds(600));
    }

    @Test
    void pausesOfAFailingHostGrow() throws Exception {
        for (int i = 0; i < 5; i++) {
            fail(Duration.ZERO);
        }
        assertThat(time.passed()).isZero();
        for (int pause : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            Duration before = time.passed();
            fail(Duration.ZERO);
            assertThat(time.passed().minus(before)).isEqualTo(seconds(pause));
        }
    }

    @Test
    void filesOfAHostThatHasFailedForLongFailAtOnceExceptForOneThatTriesIt() throws Exception {
        failForTwoMinutes();
        assertFailsAtOnce("requests to host shop.example:443 failed");
        time.pass(seconds(30));
        host.begin();
        assertFailsAtOnce("requests to host shop.example:443 failed");
        host.failed(Duration.ZERO);
        host.end();
        assertFailsAtOnce("requests to host shop.example:443 failed");
    }

    @Test
    void aResponseEndsTheFailures() throws Exception {
        failForTwoMinutes();
        time.pass(seconds(30));
        host.begin();
        host.succeeded();
        host.begin();
        host.end();
        host.end();
        assertThat(host.isUnremarkable()).isTrue();
        fail(Duration.ZERO);
        assertThat(host.isUnremarkable()).isFalse();
    }

    @Test
    void aFailingHostGetsOneRequestAtATimeAndOthersTwo() throws Exception {
        assertWaits(2);
        for (int i = 0; i < HostState.MAX_FAILURES; i++) {
            host.failed(Duration.ZERO);
        }
        assertWaits(1);
    }

    /** Asserts that {@code allowed} requests begin, and the next one when one of them ends. */
    private void assertWaits(int allowed) throws Exception {
        for (int i = 0; i < allowed; i++) {
            host.begin();
        }
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Thread[] waiting = new Thread[1];
            Future<?> next = threads.submit(() -> {
                synchronized (waiting) {
                    waiting[0] = Thread.currentThread();
                }
                host.begin();
                return null;
            });
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                synchronized (waiting) {
                    return waiting[0] != null && waiting[0].getState() == Thread.State.WAITING && !next.isDone();
                }
            });
            host.end();
            next.get();
        }
        for (int i = 0; i < allowed; i++) {
            host.end();
        }
    }
}
