package io.filejob.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.job.Fingerprint;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;

/** The note in a store that says whose it is. */
final class StoreNote {
    /** Its name in the store. */
    static final String NAME = "job.json";

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private StoreNote() {}

    static byte[] write(Fingerprint job) {
        try {
            return MAPPER.writeValueAsBytes(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fingerprint cannot be written", e);
        }
    }

    /** The job that {@code note} names; an {@link IOException} if it names none. {@code place} is where it is. */
    static Fingerprint read(byte[] note, String place) throws IOException {
        try {
            JsonNode known = MAPPER.readTree(note);
            String spec = known.path("spec").textValue();
            String inputs = known.path("inputs").textValue();
            if (spec != null && inputs != null) {
                return new Fingerprint(spec, inputs);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(place + " is damaged", e);
        }
        throw new IOException(place + " is damaged");
    }

    /** {@link JobFailure} if the store at {@code place}, which is {@code known}'s, is not that of a run of {@code mine}. */
    static void checkRun(Fingerprint known, Fingerprint mine, String place) {
        if (!known.equals(mine)) {
            throw new JobFailure(
                    ExitCode.STORE_LOST,
                    "the store " + place + " belongs to a job with another "
                            + (known.spec().equals(mine.spec()) ? "input, or its input has changed" : "spec")
                            + ": name another folder, or remove this one to begin anew");
        }
    }

    /** As {@link #checkRun}, for a worker: inputs that differ have changed since the job was planned. */
    static void checkWorker(Fingerprint known, Fingerprint mine, String place) {
        if (known.spec().equals(mine.spec()) && !known.inputs().equals(mine.inputs())) {
            throw new JobFailure(
                    ExitCode.BAD_INPUT,
                    "InputChanged: the input is not what it was when the job in " + place
                            + " was planned: start a new job");
        }
        if (!known.equals(mine)) {
            throw new JobFailure(ExitCode.STORE_LOST, "the store " + place + " belongs to a job with another spec");
        }
    }
}
