package io.filejob.operator.status;

import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.callback.CallbackSchedule;
import io.filejob.operator.api.Phases;
import io.filejob.operator.observe.CallbackAttempt;
import io.filejob.operator.observe.Observation;
import io.filejob.status.CallbackStatus;
import io.filejob.status.FileJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Computes the condition {@code Notified} and the times of the attempts to call the receiver: a pure function of the
 * observation and of a status that has them from before.
 */
final class Notification {
    /** An attempt that cannot begin or end is given up after this time, longer than the schedule of all attempts. */
    private static final Duration GIVE_UP = Duration.ofDays(5);

    private final Observation seen;
    private final FileJobStatus status;
    private final Conditions conditions;

    private Notification(Observation seen, FileJobStatus status) {
        this.seen = seen;
        this.status = status;
        this.conditions = new Conditions(
                status.conditions(), seen.resource().getMetadata().getGeneration(), seen.now());
    }

    /** Returns {@code status}; that of a job that has ended and has a callback shows how far that is. */
    static FileJobStatus of(Observation seen, FileJobStatus status) {
        return seen.resource().getSpec().callback() == null || !Phases.isTerminal(status)
                ? status
                : new Notification(seen, status).next();
    }

    private FileJobStatus next() {
        CallbackStatus before =
                status.callback() == null ? new CallbackStatus(0, null, null, time(seen.now())) : status.callback();
        if (before.nextAttemptTime() == null) {
            return status;
        }
        int number = before.attempts() + 1;
        Optional<CallbackAttempt> attempt = seen.callback().find(number, status);
        CallbackReport report = attempt.map(CallbackAttempt::report).orElse(null);
        if (report != null) {
            return ended(number, report);
        }
        if (attempt.isEmpty() && seen.now().isBefore(Instant.parse(before.nextAttemptTime()))) {
            return status;
        }
        if (seen.callback().forbidden() != null) {
            conditions.setFalse(
                    CallbackMessage.CONDITION, "NotAllowed", seen.callback().forbidden());
            return with(new CallbackStatus(before.attempts(), before.code(), before.lastAttemptTime(), null));
        }
        return underWay(before, number, attempt);
    }

    private FileJobStatus underWay(CallbackStatus before, int number, Optional<CallbackAttempt> attempt) {
        String name = "attempt " + number + " of " + CallbackSchedule.MAX_ATTEMPTS;
        String problem = attempt.map(CallbackAttempt::problem).orElse(null);
        String told = name + " is under way";
        if (seen.refused() != null) {
            told = name + " cannot start: " + seen.refused().message();
            conditions.setUnknown(CallbackMessage.CONDITION, seen.refused().reason(), told);
        } else if (problem != null) {
            told = name + " has not started: " + problem;
            conditions.setUnknown(CallbackMessage.CONDITION, "PodNotStarted", told);
        } else {
            conditions.setUnknown(CallbackMessage.CONDITION, "Sending", told);
        }
        boolean stuck = isLongOver() && (seen.refused() != null || attempt.isPresent());
        return stuck ? exhausted(before, told) : with(before);
    }

    private boolean isLongOver() {
        return status.completionTime() != null
                && seen.now().isAfter(Instant.parse(status.completionTime()).plus(GIVE_UP));
    }

    private FileJobStatus ended(int number, CallbackReport report) {
        String told = "attempt " + number + " of " + CallbackSchedule.MAX_ATTEMPTS + ": " + report.message();
        CallbackStatus last = new CallbackStatus(number, report.code(), time(seen.now()), null);
        if (report.outcome() == CallbackOutcome.DELIVERED) {
            conditions.setTrue(CallbackMessage.CONDITION, report.outcome().reason(), told);
            return with(last);
        }
        if (report.outcome() == CallbackOutcome.GONE) {
            conditions.setFalse(CallbackMessage.CONDITION, report.outcome().reason(), told);
            return with(last);
        }
        Optional<Duration> delay =
                CallbackSchedule.delay(seen.resource().getMetadata().getUid(), number, report.retryAfter());
        if (delay.isEmpty()) {
            return exhausted(last, told);
        }
        String next = time(seen.now().plus(delay.get()));
        conditions.setUnknown(CallbackMessage.CONDITION, report.outcome().reason(), told + "; next attempt at " + next);
        return with(new CallbackStatus(number, report.code(), last.lastAttemptTime(), next));
    }

    private FileJobStatus exhausted(CallbackStatus last, String told) {
        conditions.setFalse(
                CallbackMessage.CONDITION,
                "AttemptsExhausted",
                told + "; no further attempt follows, send the message with: filejob notify");
        return with(new CallbackStatus(last.attempts(), last.code(), last.lastAttemptTime(), null));
    }

    private FileJobStatus with(CallbackStatus callback) {
        return status.toBuilder()
                .conditions(conditions.all())
                .callback(callback)
                .build();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
