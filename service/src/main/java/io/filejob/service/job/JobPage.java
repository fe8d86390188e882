package io.filejob.service.job;

import io.filejob.api.FileJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs, the newest first.
 *
 * @param items the jobs
 * @param next the cursor of the next page; null for the last one
 */
public record JobPage(List<FileJob> items, @Nullable String next) {}
