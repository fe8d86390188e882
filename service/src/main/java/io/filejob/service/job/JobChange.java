package io.filejob.service.job;

import org.jspecify.annotations.Nullable;

/**
 * A change of a job that has not ended; null fields stay as they are.
 *
 * @param workers the number of workers, at least 1
 * @param suspend whether the job is suspended
 */
public record JobChange(@Nullable Integer workers, @Nullable Boolean suspend) {}
