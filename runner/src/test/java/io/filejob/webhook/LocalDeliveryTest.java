package io.filejob.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.spec.CallbackSpec;
import io.filejob.spec.SecretReference;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.time.TestClock;
import io.filejob.time.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The attempts of a run on this machine, over real sockets. */
@Timeout(120)
final class LocalDeliveryTest {
    private static final String CURRENT = "whsec_" + "Y".repeat(44);

    @TempDir
    private Path folder;

    private final List<FileJobStatus> told = new ArrayList<>();

    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        Files.writeString(folder.resolve("hook"), "secret=" + CURRENT + "\n");
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void aRunTriesUntilTheMessageIsDelivered() throws Exception {
        receiver.answer(503, Map.of("Retry-After", "12")).answer(500, Map.of());
        List<Duration> delays = new ArrayList<>();
        LocalDelivery delivery = deliver(delays);
        assertThat(delivery.attempts()).isEqualTo(3);
        assertThat(delivery.report().outcome()).isEqualTo(CallbackOutcome.DELIVERED);
        assertThat(delays).containsExactly(Duration.ofSeconds(12), Duration.ofSeconds(10));
        assertThat(receiver.webhooks().stream()
                        .map(webhook -> webhook.headers().get("webhook-id") + webhook.body())
                        .distinct())
                .hasSize(1);
        assertThat(ReferenceVerifier.verify(CURRENT, receiver.webhooks()))
                .containsExactly("verified", "verified", "verified");
        assertThat(told.stream().map(FileJobStatus::callback))
                .containsExactly(
                        new CallbackStatus(0, null, null, "2026-01-01T00:00:00Z"),
                        new CallbackStatus(1, 503, "2026-01-01T00:00:00Z", "2026-01-01T00:00:12Z"),
                        new CallbackStatus(2, 500, "2026-01-01T00:00:12Z", "2026-01-01T00:00:22Z"),
                        new CallbackStatus(3, 204, "2026-01-01T00:00:22Z", null));
        assertThat(told.stream().map(LocalDeliveryTest::notified))
                .containsExactly(
                        "Unknown Sending attempt 1 is under way 2026-01-01T00:00:00Z",
                        "Unknown Rejected attempt 1: the receiver responds with status 503, not 2xx; next attempt at"
                                + " 2026-01-01T00:00:12Z 2026-01-01T00:00:00Z",
                        "Unknown Rejected attempt 2: the receiver responds with status 500, not 2xx; next attempt at"
                                + " 2026-01-01T00:00:22Z 2026-01-01T00:00:00Z",
                        "True Delivered attempt 3: the receiver responds with status 204 2026-01-01T00:00:22Z");
    }

    private static String notified(FileJobStatus status) {
        Condition condition = status.conditions().getLast();
        assertThat(condition.type()).isEqualTo(CallbackMessage.CONDITION);
        return String.join(
                " ", condition.status(), condition.reason(), condition.message(), condition.lastTransitionTime());
    }

    @Test
    void aRunEndsAfterAMinuteAndAtOnceAfter410() throws Exception {
        for (int i = 0; i < 20; i++) {
            receiver.answer(500, Map.of());
        }
        List<Duration> delays = new ArrayList<>();
        LocalDelivery delivery = deliver(delays);
        assertThat(delivery.attempts()).isEqualTo(5);
        assertThat(delivery.report().code()).isEqualTo(500);
        assertThat(delays.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(55));
        assertThat(told.getLast().callback()).isEqualTo(new CallbackStatus(5, 500, "2026-01-01T00:00:55Z", null));
        assertThat(notified(told.getLast()))
                .startsWith(
                        "False AttemptsExhausted attempt 5: the receiver responds with status 500, not 2xx; no further"
                                + " attempt follows");
        stop();
        receiver = new WebhookReceiver().answer(410, Map.of());
        assertThat(deliver(delays).attempts()).isEqualTo(1);
        assertThat(notified(told.getLast())).startsWith("False Gone ");
        stop();
        receiver = new WebhookReceiver().answer(503, Map.of("Retry-After", "3600"));
        assertThat(deliver(delays).attempts()).isEqualTo(1);
        assertThat(receiver.webhooks()).hasSize(1);
    }

    private CallbackSender sender() {
        return new CallbackSender(
                new CallbackSpec(receiver.url(), new SecretReference("hook")),
                Secrets.of(List.of("hook=" + folder.resolve("hook"))),
                HostGuard.local(null),
                Clock.systemUTC());
    }

    /** Delivers with pauses that only move the clock. */
    private LocalDelivery deliver(List<Duration> delays) throws Exception {
        long[] now = {0};
        TestClock clock = new TestClock();
        RetryPolicy.Attempts attempts = LocalDelivery.POLICY.begin(
                "interrupted",
                delay -> {
                    delays.add(delay);
                    clock.pass(delay);
                    now[0] += delay.toNanos();
                },
                () -> now[0]);
        return LocalDelivery.of(sender(), CallbackSenderTest.ended(), told::add, clock, attempts);
    }
}
