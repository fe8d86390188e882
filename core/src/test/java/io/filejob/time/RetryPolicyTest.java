package io.filejob.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final List<Duration> delays = new ArrayList<>();
    private long nanos;

    private RetryPolicy.Attempts begin(RetryPolicy policy) {
        return policy.begin(
                "interrupted while waiting",
                delay -> {
                    delays.add(delay);
                    nanos += delay.toNanos();
                },
                () -> nanos);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void eachDelayIsTwiceTheOneBeforeUpToTheMaximum() {
        RetryPolicy.Attempts attempts = begin(new RetryPolicy(7, ms(100), ms(1000), 0, null));
        while (attempts.fail()) {
            attempts.pause();
        }
        assertThat(delays).containsExactly(ms(100), ms(200), ms(400), ms(800), ms(1000), ms(1000));
        assertThat(attempts.failed()).isEqualTo(7);
    }

    @Test
    void theFirstDelayIsNotLongerThanTheMaximum() {
        RetryPolicy.Attempts attempts = begin(new RetryPolicy(2, ms(100), ms(30), 0, null));
        assertThat(attempts.fail()).isTrue();
        attempts.pause();
        assertThat(delays).containsExactly(ms(30));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1})
    void jitterShortensTheDelayByUpToItsShare(double jitter) {
        RetryPolicy policy = new RetryPolicy(2, ms(1000), ms(1000), jitter, null);
        for (int i = 0; i < 200; i++) {
            RetryPolicy.Attempts attempts = begin(policy);
            attempts.fail();
            attempts.pause();
        }
        Duration least = ms((long) (1000 * (1 - jitter)));
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(least, ms(1000)));
        assertThat(delays).doesNotHaveDuplicates();
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        RetryPolicy.Attempts attempts = begin(new RetryPolicy(UNLIMITED, ms(1), Duration.ofDays(1), 0.5, null));
        for (int i = 0; i < 1000; i++) {
            assertThat(attempts.fail()).isTrue();
        }
        attempts.pause();
        assertThat(delays.getFirst()).isBetween(Duration.ofHours(12), Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE - 5, -3})
    void noAttemptBeginsAfterTheDeadlineWhereverTheClockStarts(long start) {
        nanos = start;
        RetryPolicy.Attempts attempts = begin(new RetryPolicy(UNLIMITED, ms(100), ms(400), 0, ms(700)));
        while (attempts.fail()) {
            attempts.pause();
        }
        assertThat(delays).containsExactly(ms(100), ms(200), ms(400));
        assertThat(nanos - start).isEqualTo(ms(700).toNanos());
    }

    @Test
    void aServerMayAskForALongerDelay() {
        RetryPolicy.Attempts attempts = begin(new RetryPolicy(UNLIMITED, ms(100), ms(400), 0, ms(2000)));
        assertThat(attempts.fail(ms(1500), UNLIMITED)).isTrue();
        attempts.pause();
        assertThat(delays).containsExactly(ms(1500));
        assertThat(attempts.fail(ms(501), UNLIMITED)).as("the deadline holds").isFalse();
    }

    @Test
    void aKindOfFailureMayHaveFewerAttempts() {
        RetryPolicy.Attempts attempts = begin(new RetryPolicy(5, ms(1), ms(1), 0, null));
        assertThat(attempts.fail(Duration.ZERO, 0)).isFalse();
        assertThat(attempts.fail(Duration.ZERO, 3)).isTrue();
        assertThat(attempts.fail(Duration.ZERO, 3)).isFalse();
        assertThat(attempts.fail(Duration.ZERO, 9)).isTrue();
        assertThat(attempts.fail(Duration.ZERO, 9)).isFalse();
    }

    @Test
    void anInterruptEndsTheDelay() {
        RetryPolicy.Attempts attempts =
                new RetryPolicy(2, Duration.ofDays(1), Duration.ofDays(1), 0, null).begin("interrupted while waiting");
        attempts.fail();
        Thread.currentThread().interrupt();
        assertThatThrownBy(attempts::pause)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED))
                .hasMessage("interrupted while waiting");
        assertThat(Thread.interrupted()).as("callers see the interrupt, too").isTrue();
    }
}
