package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.failure.UrlRedaction;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the receiver of {@code spec.callback}.
 *
 * @param url the URL of the receiver, without credentials
 * @param made the attempts
 * @param message the outcome of the last attempt in a sentence
 */
record CallbackView(String url, CallbackStatus made, String message) {
    /** Returns the calls about the end of {@code job}; null if there are none yet. */
    static @Nullable CallbackView of(FileJob job) {
        if (job.spec().callback() == null
                || job.status() == null
                || job.status().callback() == null) {
            return null;
        }
        Optional<String> message = job.status().conditions().stream()
                .filter(condition -> condition.type().equals(CallbackMessage.CONDITION))
                .map(Condition::message)
                .findFirst();
        return new CallbackView(
                UrlRedaction.of(job.spec().callback().url()), job.status().callback(), message.orElse(""));
    }

    /** Returns the HTTP status of the last response; a dash if there was none. */
    public String code() {
        return TextExtensions.orDash(made.code() == null ? null : made.code().toString());
    }

    /** Returns whether a further attempt follows. */
    public boolean isPending() {
        return made.nextAttemptTime() != null;
    }
}
