package io.filejob.operator.observe;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The API server's rejection of an object of a FileJob, for a condition.
 *
 * @param reason one word
 * @param message the rejected object, and the API server's message
 */
public record ApiRefusal(String reason, String message) {
    private static final int MESSAGE_LENGTH = 1_000;
    /** Status codes of transient errors, which a retry solves. */
    private static final Set<Integer> PASSING = Set.of(HttpURLConnection.HTTP_CONFLICT, 429);

    /**
     * Returns the rejection in {@code error}, thrown when the object {@code what} was written; empty if the API server
     * did not reject it.
     */
    public static Optional<ApiRefusal> of(String what, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refusal && isRefusal(refusal)) {
                return Optional.of(of(what, refusal));
            }
        }
        return Optional.empty();
    }

    private static boolean isRefusal(KubernetesClientException e) {
        return e.getStatus() != null
                && e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
                && (!PASSING.contains(e.getCode())
                        || "AlreadyExists".equals(e.getStatus().getReason()));
    }

    private static ApiRefusal of(String what, KubernetesClientException e) {
        String words = Objects.requireNonNullElse(e.getStatus().getMessage(), String.valueOf(e.getMessage()));
        String start = "cannot write the " + what + ": ";
        if (words.contains("exceeded quota") || words.contains("failed quota")) {
            return cut("QuotaExceeded", "the namespace's quota does not allow the " + what + ": " + words);
        }
        if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && words.contains("User \"")) {
            return cut("Forbidden", start + "the operator's role does not allow it: " + words);
        }
        return cut(what.replace(" ", "") + "Refused", start + words);
    }

    private static ApiRefusal cut(String reason, String message) {
        return new ApiRefusal(
                reason, message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH) + "...");
    }
}
