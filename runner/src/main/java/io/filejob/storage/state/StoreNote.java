package io.filejob.storage.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Versions;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.value.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The note in a store that identifies its job and how that job is cut. The first note that is written is valid.
 *
 * @param job the fingerprint of the job
 * @param id identifies this job, also among jobs of the same spec and inputs
 */
public record StoreNote(Fingerprint job, String id) {
    /** Name of the note in the store. */
    public static final String NAME = "job.json";

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Creates the note of a new job. */
    public static StoreNote of(Fingerprint job) {
        return new StoreNote(job, UUID.randomUUID().toString());
    }

    /** Creates the note of a new job that cannot be resumed after its run. */
    public static StoreNote ofTemporary(Fingerprint job) {
        return new StoreNote(job, StateStore.TEMPORARY_JOB + UUID.randomUUID());
    }

    /** Returns the note as JSON in UTF-8, with a checksum; {@link #read} parses it. */
    public byte[] bytes() {
        try {
            Map<String, String> fields = fields();
            fields.put("check", Json.digest(fields));
            return MAPPER.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a note cannot be written", e);
        }
    }

    private Map<String, String> fields() {
        return new TreeMap<>(Map.of(
                "spec",
                job.spec(),
                "inputs",
                job.inputs(),
                "id",
                id,
                "cut",
                job.cut().text()));
    }

    /**
     * Parses {@code note}; {@code location} is where it is stored, for messages. Throws {@link IOException} if it is not valid,
     * and {@link JobFailedException} if it was written by a release with results that are not compatible with those of this
     * one.
     */
    public static StoreNote read(byte[] note, String location) throws IOException {
        try {
            JsonNode known = MAPPER.readTree(note);
            String spec = known.path("spec").textValue();
            String inputs = known.path("inputs").textValue();
            String id = known.path("id").textValue();
            String cut = known.path("cut").textValue();
            if (spec != null && inputs != null && id != null) {
                Cut read = cut == null ? new Cut(Cut.UNPINNED, 0, 0, 0, 0) : Cut.parse(cut);
                if (read.protocol() != Cut.PROTOCOL) {
                    throw Versions.differ("the store of " + location, read.protocol());
                }
                StoreNote whole = new StoreNote(new Fingerprint(spec, inputs, read), id);
                if (Json.digest(whole.fields()).equals(known.path("check").textValue())) {
                    return whole;
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(location + " is damaged", e);
        }
        throw new IOException(location + " is damaged");
    }

    /** Throws {@link JobFailedException} if the store at {@code location} belongs to another job than {@code mine}. */
    public void checkRun(Fingerprint mine, String location) {
        if (!isOf(mine)) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the store " + location + " belongs to a job with another "
                            + (job.spec().equals(mine.spec()) ? "input, or its input has changed" : "spec")
                            + ": name another folder, or remove this one to begin anew");
        }
    }

    /**
     * Checks as {@link #checkRun} does, for a worker: different inputs are reported as changed since the job was
     * planned.
     */
    public void checkWorker(Fingerprint mine, String location) {
        if (job.spec().equals(mine.spec()) && !job.inputs().equals(mine.inputs())) {
            throw new JobFailedException(
                    FailureReason.INPUT_CHANGED,
                    "the input has changed since the job in " + location + " was planned: start a new job");
        }
        if (!isOf(mine)) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the store " + location + " belongs to a job with another spec");
        }
    }

    /** Returns whether spec and inputs are the same; the cut may differ. */
    private boolean isOf(Fingerprint mine) {
        return job.spec().equals(mine.spec()) && job.inputs().equals(mine.inputs());
    }
}
