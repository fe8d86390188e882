package io.filejob.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.job.Cut;
import io.filejob.job.Fingerprint;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The note in a store that says which job it belongs to and how that job is cut. The first one that is written holds.
 *
 * @param job what job this is
 * @param id names the job, unlike any other, also one of the same spec and inputs
 */
record StoreNote(Fingerprint job, String id) {
    /** Its name in the store. */
    static final String NAME = "job.json";

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Of a new job. */
    static StoreNote of(Fingerprint job) {
        return new StoreNote(job, UUID.randomUUID().toString());
    }

    /** Of a new job that cannot go on when its run has ended. */
    static StoreNote ofTemporary(Fingerprint job) {
        return new StoreNote(job, StateStore.TEMPORARY_JOB + UUID.randomUUID());
    }

    byte[] bytes() {
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
     * What {@code note} says; an {@link IOException} if it is none. {@code place} is where it is. {@link JobFailure} if a
     * release wrote it whose results are not to be mixed with those of this one.
     */
    static StoreNote read(byte[] note, String place) throws IOException {
        try {
            JsonNode known = MAPPER.readTree(note);
            String spec = known.path("spec").textValue();
            String inputs = known.path("inputs").textValue();
            String id = known.path("id").textValue();
            String cut = known.path("cut").textValue();
            if (spec != null && inputs != null && id != null) {
                Cut read = cut == null ? new Cut(Cut.UNPINNED, 0, 0, 0, 0) : Cut.parse(cut);
                if (read.protocol() != Cut.PROTOCOL) {
                    throw Versions.differ("the store of " + place, read.protocol());
                }
                StoreNote whole = new StoreNote(new Fingerprint(spec, inputs, read), id);
                if (Json.digest(whole.fields()).equals(known.path("check").textValue())) {
                    return whole;
                }
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(place + " is damaged", e);
        }
        throw new IOException(place + " is damaged");
    }

    /** {@link JobFailure} if the store at {@code place}, which is {@code known}'s, is not that of a run of {@code mine}. */
    void checkRun(Fingerprint mine, String place) {
        if (!isOf(mine)) {
            throw new JobFailure(
                    ExitCode.STORE_LOST,
                    "the store " + place + " belongs to a job with another "
                            + (job.spec().equals(mine.spec()) ? "input, or its input has changed" : "spec")
                            + ": name another folder, or remove this one to begin anew");
        }
    }

    /** As {@link #checkRun}, for a worker: inputs that differ have changed since the job was planned. */
    void checkWorker(Fingerprint mine, String place) {
        if (job.spec().equals(mine.spec()) && !job.inputs().equals(mine.inputs())) {
            throw new JobFailure(
                    ExitCode.BAD_INPUT,
                    "InputChanged: the input is not what it was when the job in " + place
                            + " was planned: start a new job");
        }
        if (!isOf(mine)) {
            throw new JobFailure(ExitCode.STORE_LOST, "the store " + place + " belongs to a job with another spec");
        }
    }

    /** However {@code mine} would be cut today. */
    private boolean isOf(Fingerprint mine) {
        return job.spec().equals(mine.spec()) && job.inputs().equals(mine.inputs());
    }
}
