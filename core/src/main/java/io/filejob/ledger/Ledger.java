package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.plan.Fingerprint;
import java.util.List;
import java.util.Objects;

/**
 * The finished results of one attempt of one worker. A ledger has a single writer and only grows.
 *
 * @param fingerprint the job it belongs to: {@link Fingerprint#combined()}
 * @param worker the worker's index, from 0
 * @param attempt a name that identifies the attempt
 * @param results the finished results
 * @param losses results of any ledger that this attempt found to be lost
 */
@JsonPropertyOrder({"fingerprint", "worker", "attempt", "results", "losses"})
public record Ledger(
        String fingerprint,
        int worker,
        String attempt,
        List<SliceResult> results,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Loss> losses) {
    /** Copies the lists; ledgers of earlier releases have no losses. */
    public Ledger {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(attempt);
        results = List.copyOf(results);
        losses = List.copyOf(Objects.requireNonNullElse(losses, List.of()));
    }

    /** Creates a ledger without losses. */
    public Ledger(String fingerprint, int worker, String attempt, List<SliceResult> results) {
        this(fingerprint, worker, attempt, results, List.of());
    }
}
