package io.filejob.service.job;

/**
 * The identity of a job.
 *
 * @param namespace its namespace; {@value #LOCAL} on one machine
 * @param name its name, unique in the namespace: a DNS label
 */
public record JobName(String namespace, String name) {
    /** The namespace of all jobs of one machine. */
    public static final String LOCAL = "local";
}
