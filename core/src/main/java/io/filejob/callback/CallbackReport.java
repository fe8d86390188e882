package io.filejob.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.failure.Excerpt;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The report of an attempt. A pod passes it to the operator as its termination message.
 *
 * @param outcome the outcome
 * @param code the HTTP status of the response, null if there was none
 * @param retryAfter the minimum delay until the next attempt that the receiver asks for, in seconds, null if it does not
 * @param message the outcome in one sentence, for people
 */
public record CallbackReport(
        CallbackOutcome outcome,
        @Nullable Integer code,
        @Nullable Long retryAfter,
        String message) {
    /** The maximum length of the message, in bytes; a termination message is limited to 4 KiB. */
    private static final int MAX_MESSAGE_BYTES = 500;

    /** Truncates the message. */
    public CallbackReport {
        message = Excerpt.ofBytes(message, MAX_MESSAGE_BYTES);
    }

    /** The report as JSON. */
    @JsonPropertyOrder({"callback", "code", "retryAfter", "message"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ReportText(
            String callback,
            @Nullable Integer code,
            @Nullable Long retryAfter,
            String message) {}

    /** Returns the report of an attempt without a response. */
    public static CallbackReport of(CallbackOutcome outcome, String message) {
        return new CallbackReport(outcome, null, null, message);
    }

    /** Returns the report as one line of JSON. */
    public String text() {
        return new String(
                Json.bytes(new ReportText(outcome.reason(), code, retryAfter, message)), StandardCharsets.UTF_8);
    }

    /** Parses {@code text}; empty if it is not a report. */
    public static Optional<CallbackReport> parse(String text) {
        JsonNode tree = Json.parse(text).orElse(null);
        if (tree == null || !tree.isObject()) {
            return Optional.empty();
        }
        JsonNode code = tree.path("code");
        JsonNode retryAfter = tree.path("retryAfter");
        return CallbackOutcome.of(tree.path("callback").asText())
                .map(outcome -> new CallbackReport(
                        outcome,
                        code.isInt() ? Integer.valueOf(code.intValue()) : null,
                        retryAfter.isIntegralNumber() ? Long.valueOf(retryAfter.longValue()) : null,
                        tree.path("message").asText()));
    }
}
