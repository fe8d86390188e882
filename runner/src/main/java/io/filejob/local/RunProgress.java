package io.filejob.local;

import io.filejob.coverage.Coverage;

/**
 * The progress of a local run at one moment.
 *
 * @param coverage the finished slices
 * @param fraction the estimated part of the work that is done, over all stages: from 0 to 1, and 1 only at the end; it
 * never decreases within a run
 * @param step the number of the current stage, from 1
 * @param steps the number of stages
 * @param done the number of bytes of the current stage that have been read, or of its slices that are finished
 * @param total the number of bytes or slices of the current stage
 * @param isBytes whether {@code done} and {@code total} are bytes
 * @param rows the number of rows read; those of unfinished slices are estimated from the finished ones
 */
public record RunProgress(
        Coverage coverage, double fraction, int step, int steps, long done, long total, boolean isBytes, long rows) {}
