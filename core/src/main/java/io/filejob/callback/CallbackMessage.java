package io.filejob.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message about the end of a job. All attempts send the same identifier and the same body, so that the receiver
 * recognizes repetitions.
 */
public final class CallbackMessage {
    /** The maximum length of a body, in bytes. */
    public static final int MAX_BYTES = 20_000;

    private static final int RUN_BYTES = 16;
    private static final int TIME_BYTES = 4;

    /** The condition about the delivery of the message, which the message does not contain. */
    public static final String CONDITION = "Notified";

    private final String id;
    private final byte[] body;

    private CallbackMessage(String id, byte[] body) {
        this.id = id;
        this.body = body;
    }

    /** The members of a body as Standard Webhooks names them. */
    @JsonPropertyOrder({"type", "timestamp", "data"})
    private record WebhookBody(String type, String timestamp, WebhookData data) {}

    /** The job that a body is about. */
    @JsonPropertyOrder({"namespace", "name", "uid", "status"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record WebhookData(
            @Nullable String namespace,
            String name,
            @Nullable String uid,
            FileJobStatus status) {}

    /**
     * Returns the message about the end of {@code job}. Throws {@link JobFailedException} with {@link ExitCode#USAGE} if
     * the job has not ended.
     */
    public static CallbackMessage of(FileJob job) {
        FileJobStatus status = job.status();
        String ended = status == null ? null : status.completionTime();
        if (status == null || ended == null || (status.phase() != Phase.COMPLETE && status.phase() != Phase.FAILED)) {
            throw new JobFailedException(
                    ExitCode.USAGE,
                    "status: the job has not ended (no phase Complete or Failed with a completionTime); name a FileJob"
                            + " that has");
        }
        String end = status.phase() == Phase.COMPLETE ? "complete" : "failed";
        String namespace = job.metadata().path("namespace").textValue();
        String uid = job.metadata().path("uid").textValue();
        byte[] body = ToldStatus.levels(status)
                .map(told -> Json.bytes(
                        new WebhookBody("filejob." + end, ended, new WebhookData(namespace, job.name(), uid, told))))
                .filter(bytes -> bytes.length <= MAX_BYTES)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a status without texts of users is too long"));
        return new CallbackMessage("fj_" + key(uid, job.name(), status) + "_" + end, body);
    }

    /**
     * Returns what distinguishes this end from others: the UID, and a digest of the time, since a redrive has another
     * end. A run outside of a cluster has no UID, but a name and times.
     */
    private static String key(@Nullable String uid, String name, FileJobStatus status) {
        return uid == null
                ? digest(name + " " + status.startTime() + " " + status.completionTime(), RUN_BYTES)
                : uid.replace('.', '-') + "_" + digest("" + status.completionTime(), TIME_BYTES);
    }

    private static String digest(String text, int bytes) {
        return new Sha256().update(text).hex(bytes);
    }

    /** Returns the identifier, the same for all attempts: no character in it is a full stop. */
    public String id() {
        return id;
    }

    /** Returns the body, JSON in UTF-8. */
    public byte[] body() {
        return body.clone();
    }

    /**
     * Returns the headers of an attempt at {@code time}, with a signature by each of {@code keys}: a receiver accepts the
     * message if it knows one of them.
     */
    public Map<String, String> headers(Instant time, List<SigningKey> keys) {
        return WebhookHeaders.of(id, time, body, keys);
    }
}
