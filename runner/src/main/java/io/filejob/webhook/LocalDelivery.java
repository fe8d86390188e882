package io.filejob.webhook;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackReport;
import io.filejob.status.FileJobStatus;
import io.filejob.time.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The attempts of a process on this machine to call the receiver of an ended job, which last for about a minute.
 *
 * @param report the report of the last attempt
 * @param attempts the number of attempts
 */
public record LocalDelivery(CallbackReport report, int attempts) {
    /** Attempts after 0, 5, 15, 35 and 55 s; a receiver that asks for a later one gets none. */
    static final RetryPolicy POLICY =
            new RetryPolicy(5, Duration.ofSeconds(5), Duration.ofSeconds(20), 0, Duration.ofMinutes(1));

    /** Returns the status of an ended job before the first attempt, which follows at once. */
    public static FileJobStatus begun(FileJobStatus ended, Clock clock) {
        return DeliveryStatus.begun(ended, clock).status();
    }

    /**
     * Sends the message about {@code ended} until it is delivered or the receiver wants no more, for about a minute. {@code
     * listener} gets the status of the job before the first attempt and after each one.
     */
    public static LocalDelivery of(
            CallbackSender sender, FileJob ended, Consumer<FileJobStatus> listener, Clock clock) {
        return of(sender, ended, listener, clock, POLICY.begin("the callback was interrupted"));
    }

    /** Sends the message as {@code retries} allow. */
    static LocalDelivery of(
            CallbackSender sender,
            FileJob ended,
            Consumer<FileJobStatus> listener,
            Clock clock,
            RetryPolicy.Attempts retries) {
        CallbackMessage message = CallbackMessage.of(ended);
        DeliveryStatus status =
                DeliveryStatus.begun(Objects.requireNonNull(ended.status(), "an ended job has a status"), clock);
        listener.accept(status.status());
        while (true) {
            CallbackReport report = sender.send(message);
            boolean isOver = report.outcome().isFinal();
            Duration asked = Duration.ofSeconds(Objects.requireNonNullElse(report.retryAfter(), 0L));
            if (isOver || !retries.fail(asked, POLICY.maxAttempts())) {
                listener.accept(status.over(report).status());
                return new LocalDelivery(report, retries.failed() + (isOver ? 1 : 0));
            }
            status = status.failed(report, retries.delay());
            listener.accept(status.status());
            retries.pause();
        }
    }
}
