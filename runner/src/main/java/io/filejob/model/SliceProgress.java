package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How far a job got.
 *
 * @param total slices planned
 * @param done slices committed
 */
@JsonPropertyOrder({"total", "done"})
public record SliceProgress(int total, int done) {}
