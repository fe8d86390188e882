package io.filejob.service.job;

import org.jspecify.annotations.Nullable;

/**
 * A file of the output of a job.
 *
 * @param number the number, from 1
 * @param name the name
 * @param bytes the size; null if the service cannot read the file
 */
public record ResultPart(int number, String name, @Nullable Long bytes) {}
