package io.filejob.service.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.service.job.JobName;
import io.filejob.status.CallbackStatus;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.http.WebhookReceiver.Webhook;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of jobs call a real receiver. */
final class LocalCallbacksTest {
    private static final String KEY = "whsec_" + "Y".repeat(44);
    /** A job of this size runs until it is stopped. */
    private static final int ENDLESS = 20_000;

    @TempDir
    Path data;

    private WebhookReceiver receiver;
    private LocalJobs jobs;

    @BeforeEach
    void open() throws IOException {
        receiver = new WebhookReceiver();
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/hook"), "secret=" + KEY + "\n");
        jobs = LocalJobsOf.folder(data);
    }

    @AfterEach
    void close() {
        jobs.close();
        receiver.close();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private JobName create(int files) {
        FileJob job = jobs.create(
                JobName.LOCAL, LocalJobsOf.read(String.format(Locale.ROOT, """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: called}
                        spec:
                          workers: 2
                          input: {generate: {files: %d, entriesPerFile: 100000, filesPerSlice: 1}}
                          operation: {average: {}}
                          callback: {url: "%s", secret: {name: hook}}
                          network: {allowPrivate: [127.0.0.1]}
                        """, files, receiver.url())), null);
        return new JobName(JobName.LOCAL, job.name());
    }

    private FileJobStatus status(JobName job) {
        return LocalJobsOf.status(jobs.get(job));
    }

    private @Nullable CallbackStatus callback(JobName job) {
        return status(job).callback();
    }

    private int attempts(JobName job) {
        CallbackStatus made = callback(job);
        return made == null ? 0 : made.attempts();
    }

    private String notified(JobName job) {
        return status(job).conditions().stream()
                .filter(condition -> condition.type().equals(CallbackMessage.CONDITION))
                .map(condition -> condition.status() + " " + condition.reason() + " " + condition.message())
                .findFirst()
                .orElse("");
    }

    private void awaitDelivery(JobName job) {
        until(() -> notified(job).startsWith("True Delivered"));
    }

    private static JsonNode body(Webhook webhook) {
        return Json.parse(webhook.body()).orElseThrow();
    }

    @Test
    void theAttemptsOfACompleteJobAreInItsStatusWhileTheyAreMade() throws Exception {
        receiver.answer(503, Map.of("Retry-After", "8"));
        JobName job = create(10);
        until(() -> attempts(job) == 1);
        CallbackStatus first = Objects.requireNonNull(callback(job));
        assertThat(first.code()).isEqualTo(503);
        assertThat(Instant.parse(Objects.requireNonNull(first.nextAttemptTime())))
                .isEqualTo(Instant.parse(Objects.requireNonNull(first.lastAttemptTime()))
                        .plusSeconds(8));
        assertThat(notified(job)).startsWith("Unknown Rejected attempt 1: the receiver responds with status 503");
        assertThat(status(job).phase()).isEqualTo(Phase.COMPLETE);

        awaitDelivery(job);
        CallbackStatus last = Objects.requireNonNull(callback(job));
        assertThat(last.attempts()).isEqualTo(2);
        assertThat(last.code()).isEqualTo(204);
        assertThat(last.nextAttemptTime()).isNull();
        assertThat(receiver.webhooks()).hasSize(2).allMatch(webhook -> webhook.isSigned(KEY));
        assertThat(body(receiver.webhooks().getLast())
                        .at("/data/status/result/average")
                        .asText())
                .isNotEmpty();

        jobs.close();
        jobs = LocalJobsOf.folder(data);
        assertThat(callback(job)).isEqualTo(last);
        assertThat(notified(job)).startsWith("True Delivered");
    }

    @Test
    void theReceiverIsToldOfACancelledJob() throws Exception {
        JobName job = create(ENDLESS);
        until(() -> LocalJobsOf.slicesDone(jobs.get(job)) > 0);
        jobs.cancel(job);
        awaitDelivery(job);
        assertThat(status(job).phase()).isEqualTo(Phase.FAILED);
        JsonNode body = body(receiver.webhooks().getFirst());
        assertThat(body.path("type").asText()).isEqualTo("filejob.failed");
        assertThat(body.at("/data/status/reason").asText()).isEqualTo("Cancelled");
    }

    @Test
    void theNextServiceGoesOnWithTheAttempts() throws Exception {
        receiver.answer(500, Map.of());
        JobName job = create(10);
        until(() -> attempts(job) == 1);
        jobs.close();
        assertThat(receiver.webhooks()).hasSize(1);

        jobs = LocalJobsOf.folder(data);
        awaitDelivery(job);
        assertThat(Objects.requireNonNull(callback(job)).attempts()).isEqualTo(2);
        assertThat(status(job).phase()).isEqualTo(Phase.COMPLETE);
        List<Webhook> calls = receiver.webhooks();
        assertThat(calls).hasSize(2);
        assertThat(calls.getLast().headers())
                .containsEntry("webhook-id", calls.getFirst().headers().get("webhook-id"));
        assertThat(calls.getLast().body()).isEqualTo(calls.getFirst().body());
    }

    @Test
    void aJobWithoutAProcessThatCanCallKeepsItsOutcomeAndSaysSo() throws Exception {
        receiver.answer(500, Map.of());
        JobName job = create(10);
        until(() -> attempts(job) == 1);
        jobs.close();

        jobs = LocalJobsOf.folder(data, 1, List.of("/bin/false"), Clock.systemUTC());
        until(() -> notified(job).startsWith("False"));
        assertThat(notified(job))
                .isEqualTo(
                        "False AttemptFailed the process that calls the receiver ended with exit status 1; see the log,"
                                + " and send the message with: filejob notify");
        assertThat(status(job).phase()).isEqualTo(Phase.COMPLETE);
        assertThat(callback(job))
                .isEqualTo(new CallbackStatus(
                        1, 500, Objects.requireNonNull(callback(job)).lastAttemptTime(), null));
    }

    @Test
    void aDeletedJobIsNotTold() throws Exception {
        JobName job = create(ENDLESS);
        until(() -> LocalJobsOf.slicesDone(jobs.get(job)) > 0);
        jobs.delete(job, null);
        JobName next = create(10);
        awaitDelivery(next);
        assertThat(receiver.webhooks()).hasSize(1);
        assertThat(body(receiver.webhooks().getFirst()).at("/data/name").asText())
                .isEqualTo(next.name());
    }
}
