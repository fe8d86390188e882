package io.filejob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.security.Certificates;
import io.filejob.time.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Client of a Kubernetes API server. The server may be away for some minutes, be overloaded or lose responses: requests
 * are retried until a response arrives, and so may be executed twice. Safe to use from any thread.
 *
 * <p>All failures are {@link JobFailedException}s: {@link ExitCode#UNAVAILABLE} if it does not respond for too long, {@link
 * ExitCode#CREDENTIALS_REFUSED} if the pod's service account lacks rights, {@link ExitCode#STORE_LOST} if a quota, an
 * admission webhook or the termination of the namespace forbids the request.
 */
public final class ApiServer {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Number of retries of a forbidden request, about ten seconds with the pauses between them. */
    private static final int MAX_REFUSALS = 6;
    /** Number of retries of a request that exceeds a quota: about a minute, in which a user may free some of it. */
    private static final int MAX_QUOTA_REFUSALS = 12;

    private static final Duration MAX_REQUESTED_PAUSE = Duration.ofSeconds(60);

    private final ApiAccess access;
    private final Connections connections;
    private final ApiRetries retries;

    /** Creates a client; it sends nothing before the first request. */
    public ApiServer(ApiAccess access) {
        this.access = access;
        this.connections = new Connections(access);
        this.retries = new ApiRetries(access.patience());
    }

    /** Limits all requests to the few seconds that are left from now on; unsuccessful requests then fail. */
    public void hurry() {
        retries.hurry();
    }

    /** A request; {@code path} begins with a slash and may have a query. */
    record Request(
            String method,
            String path,
            String accept,
            @Nullable JsonNode body) {}

    /** A final response: success, or an error such as missing, already existing or invalid. */
    record Answer(int status, String text, @Nullable String retryAfter) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new JobFailedException(ExitCode.STORE_LOST, "the API server's response is not JSON", e);
            }
        }

        /** Returns the message of a {@code Status} object, or the status if there is none. */
        String message() {
            try {
                String message = MAPPER.readTree(text).path("message").textValue();
                return message == null ? "status " + status : message;
            } catch (IOException e) {
                // The response is not JSON, but for example a proxy's page.
                return "status " + status;
            }
        }
    }

    /** Sends the request, with retries within the limits, and returns the final response. */
    Answer send(Request request) {
        RetryPolicy.Attempts attempts = retries.begin();
        boolean refused = false;
        int forbidden = 0;
        while (true) {
            Duration pause = Duration.ZERO;
            String reason;
            @Nullable Answer answer = null;
            try {
                answer = exchange(request);
                switch (answer.status()) {
                    case 401 -> {
                        if (refused) {
                            throw credentialsRefused(request, answer);
                        }
                        // The token may just have been replaced, so one retry reads the file again.
                        refused = true;
                    }
                    case 403 -> {
                        // A server that has just started does not know the access rights yet.
                        if (++forbidden > (isQuota(answer) ? MAX_QUOTA_REFUSALS : MAX_REFUSALS)) {
                            throw forbidden(request, answer);
                        }
                    }
                    case 408, 429 -> pause = requestedPause(answer);
                    default -> {
                        if (answer.status() < 500) {
                            return answer;
                        }
                        pause = requestedPause(answer);
                    }
                }
                reason = answer.message();
            } catch (IOException e) {
                throwIfDistrusted(e);
                reason = e.toString();
            }
            if (!retries.another(attempts, pause)) {
                if (answer != null && answer.status() == 403) {
                    throw forbidden(request, answer);
                }
                throw new JobFailedException(
                        ExitCode.UNAVAILABLE,
                        "the API server at " + access.server() + " can no longer be reached: " + reason);
            }
        }
    }

    private Answer exchange(Request request) throws IOException {
        HttpURLConnection connection = connections.open(request.path());
        connection.setRequestMethod(request.method());
        connection.setRequestProperty("Accept", request.accept());
        connection.setRequestProperty("User-Agent", "filejob-worker");
        if (request.body() != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(MAPPER.writeValueAsBytes(request.body()));
        }
        int status = connection.getResponseCode();
        // The body is read to its end, so that the connection can be reused.
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, text, connection.getHeaderField("Retry-After"));
        }
    }

    private static Duration requestedPause(Answer answer) {
        String seconds = answer.retryAfter();
        if (seconds == null || !seconds.matches("[0-9]{1,6}")) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(Long.parseLong(seconds));
        return pause.compareTo(MAX_REQUESTED_PAUSE) > 0 ? MAX_REQUESTED_PAUSE : pause;
    }

    private static boolean isQuota(Answer answer) {
        return answer.message().contains("exceeded quota");
    }

    /** Returns the failure for a status of 403, which also stands for an exceeded quota or a refused admission. */
    private JobFailedException forbidden(Request request, Answer answer) {
        String words = answer.message();
        if (isQuota(answer)) {
            return new JobFailedException(
                    FailureReason.QUOTA_EXCEEDED,
                    "the namespace's quota does not allow the worker's ConfigMap: " + words
                            + ": raise the quota, or delete ConfigMaps");
        }
        if (words.contains("admission webhook") || words.contains("being terminated")) {
            return new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the API server at " + access.server() + " does not admit the worker's ConfigMap: " + words);
        }
        return credentialsRefused(request, answer);
    }

    private JobFailedException credentialsRefused(Request request, Answer answer) {
        return new JobFailedException(
                ExitCode.CREDENTIALS_REFUSED,
                "the API server at " + access.server() + " refuses " + request.method() + " "
                        + request.path().replaceAll("\\?.*", "") + ": " + answer.message()
                        + (answer.status() == 401
                                ? " (the token in " + access.token() + " is not accepted)"
                                : ": the worker's service account needs get, list, create and update on configmaps"));
    }

    /** Fails at once for an untrusted certificate, since a retry would not help. */
    private void throwIfDistrusted(IOException e) {
        Certificates.distrust(e).ifPresent(why -> {
            throw new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED,
                    "the API server at " + access.server() + " is not trusted: " + why + " (see " + access.authorities()
                            + ")",
                    e);
        });
    }
}
