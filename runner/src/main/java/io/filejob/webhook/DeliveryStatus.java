package io.filejob.webhook;

import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The status of an ended job with the attempts to call its receiver, in the terms of the operator: {@code callback} and the
 * condition {@code Notified}. Immutable.
 */
record DeliveryStatus(FileJobStatus status, Clock clock) {
    /** Returns {@code ended} before the first attempt, which follows at once; attempts of an earlier process count on. */
    static DeliveryStatus begun(FileJobStatus ended, Clock clock) {
        CallbackStatus earlier = ended.callback();
        DeliveryStatus begun = new DeliveryStatus(ended, clock);
        return begun.with(
                new CallbackStatus(
                        earlier == null ? 0 : earlier.attempts(),
                        earlier == null ? null : earlier.code(),
                        earlier == null ? null : earlier.lastAttemptTime(),
                        begun.time(Duration.ZERO)),
                "Unknown",
                "Sending",
                "attempt " + ((earlier == null ? 0 : earlier.attempts()) + 1) + " is under way");
    }

    /** Returns the status after a failed attempt, if the next one follows after {@code delay}. */
    DeliveryStatus failed(CallbackReport report, Duration delay) {
        String next = time(delay);
        return with(
                after(report, next), "Unknown", report.outcome().reason(), told(report) + "; next attempt at " + next);
    }

    /** Returns the status after the last attempt. */
    DeliveryStatus over(CallbackReport report) {
        CallbackStatus last = after(report, null);
        if (report.outcome().isFinal()) {
            boolean isDelivered = report.outcome() == CallbackOutcome.DELIVERED;
            return with(last, isDelivered ? "True" : "False", report.outcome().reason(), told(report));
        }
        return with(
                last,
                "False",
                "AttemptsExhausted",
                told(report) + "; no further attempt follows, send the message with: filejob notify");
    }

    private int ended() {
        return Objects.requireNonNull(status.callback(), "the attempts have begun")
                .attempts();
    }

    private String told(CallbackReport report) {
        return "attempt " + (ended() + 1) + ": " + report.message();
    }

    private CallbackStatus after(CallbackReport report, @Nullable String next) {
        return new CallbackStatus(ended() + 1, report.code(), time(Duration.ZERO), next);
    }

    private DeliveryStatus with(CallbackStatus callback, String state, String reason, String message) {
        Optional<Condition> before = status.conditions().stream()
                .filter(condition -> condition.type().equals(CallbackMessage.CONDITION))
                .findFirst();
        String since = before.filter(condition -> condition.status().equals(state))
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> time(Duration.ZERO));
        Condition notified = new Condition(CallbackMessage.CONDITION, state, reason, message, since, null);
        List<Condition> conditions = Stream.concat(
                        status.conditions().stream()
                                .filter(condition -> !condition.type().equals(CallbackMessage.CONDITION)),
                        Stream.of(notified))
                .toList();
        return new DeliveryStatus(
                status.toBuilder().conditions(conditions).callback(callback).build(), clock);
    }

    private String time(Duration delay) {
        return clock.instant().plus(delay).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
