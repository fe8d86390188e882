package io.filejob.webhook;

import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackReport;
import io.filejob.time.RetryPolicy;
import java.time.Duration;
import java.util.Objects;

/**
 * The end of the attempts of a run on this machine, which lasts about a minute longer for them.
 *
 * @param report the report of the last attempt
 * @param attempts the number of attempts
 */
public record LocalDelivery(CallbackReport report, int attempts) {
    /** Attempts after 0, 5, 15, 35 and 55 s; a receiver that asks for a later one gets none. */
    static final RetryPolicy POLICY =
            new RetryPolicy(5, Duration.ofSeconds(5), Duration.ofSeconds(20), 0, Duration.ofMinutes(1));

    /** Sends {@code message} until it is delivered or the receiver wants no more, for about a minute. */
    public static LocalDelivery of(CallbackSender sender, CallbackMessage message) {
        return of(sender, message, POLICY.begin("the callback was interrupted"));
    }

    /** Sends {@code message} as {@code attempts} allow. */
    static LocalDelivery of(CallbackSender sender, CallbackMessage message, RetryPolicy.Attempts attempts) {
        while (true) {
            CallbackReport report = sender.send(message);
            if (report.outcome().isFinal()) {
                return new LocalDelivery(report, attempts.failed() + 1);
            }
            Duration asked = Duration.ofSeconds(Objects.requireNonNullElse(report.retryAfter(), 0L));
            if (!attempts.fail(asked, POLICY.maxAttempts())) {
                return new LocalDelivery(report, attempts.failed());
            }
            attempts.pause();
        }
    }
}
