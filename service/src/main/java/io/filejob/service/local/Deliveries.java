package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The calls of receivers about jobs that have ended, as their statuses record them. */
final class Deliveries {
    private Deliveries() {}

    /** Returns whether the receiver of {@code job} is to be called about the end in {@code status}. */
    static boolean isDue(FileJob job, FileJobStatus status) {
        CallbackStatus made = status.callback();
        return job.spec().callback() != null && (made == null || made.nextAttemptTime() != null);
    }

    /** Returns {@code status} without a further attempt, since the process for it failed; {@code how} is its predicate. */
    static FileJobStatus failed(FileJobStatus status, String how, Instant now) {
        CallbackStatus made = status.callback();
        Condition notified = new Condition(
                CallbackMessage.CONDITION,
                "False",
                CallbackOutcome.NOT_ATTEMPTED.reason(),
                "the process that calls the receiver " + how
                        + "; see the log, and send the message with: filejob notify",
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                null);
        List<Condition> conditions = Stream.concat(
                        status.conditions().stream()
                                .filter(condition -> !condition.type().equals(CallbackMessage.CONDITION)),
                        Stream.of(notified))
                .toList();
        return status.toBuilder()
                .conditions(conditions)
                .callback(
                        made == null
                                ? new CallbackStatus(0, null, null, null)
                                : new CallbackStatus(made.attempts(), made.code(), made.lastAttemptTime(), null))
                .build();
    }
}
