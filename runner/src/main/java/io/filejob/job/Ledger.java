package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What one attempt of one worker has finished. It has one writer, ever, and only grows.
 *
 * @param fingerprint the job it belongs to: {@link Fingerprint#combined()}
 * @param worker the worker's index, from 0
 * @param attempt names the attempt, unlike any other
 * @param results what it has finished
 */
@JsonPropertyOrder({"fingerprint", "worker", "attempt", "results"})
public record Ledger(String fingerprint, int worker, String attempt, List<SliceResult> results) {
    /** Copies the results. */
    public Ledger {
        results = List.copyOf(results);
    }
}
