package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;

/**
 * What one attempt of one worker has finished. It has one writer, ever, and only grows.
 *
 * @param fingerprint the job it belongs to: {@link Fingerprint#combined()}
 * @param worker the worker's index, from 0
 * @param attempt names the attempt, unlike any other
 * @param results what it has finished
 * @param losses results, of whichever ledger, that this attempt found to be lost
 */
@JsonPropertyOrder({"fingerprint", "worker", "attempt", "results", "losses"})
public record Ledger(
        String fingerprint,
        int worker,
        String attempt,
        List<SliceResult> results,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Loss> losses) {
    /** Copies the lists; earlier releases wrote no losses. */
    public Ledger {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(attempt);
        results = List.copyOf(results);
        losses = List.copyOf(Objects.requireNonNullElse(losses, List.of()));
    }

    /** Of an attempt that has found nothing lost. */
    public Ledger(String fingerprint, int worker, String attempt, List<SliceResult> results) {
        this(fingerprint, worker, attempt, results, List.of());
    }
}
