package io.filejob.cluster;

/** Names of the fields of log events in JSON, on which workers, operator and service agree. */
public final class LogFields {
    /** The namespace of the FileJob. */
    public static final String NAMESPACE = "namespace";
    /** The name of the FileJob. */
    public static final String JOB = "job";
    /** The index of the worker. */
    public static final String WORKER = "worker";
    /** The name of the worker's attempt. */
    public static final String ATTEMPT = "attempt";
    /** The stage of the slice in progress. */
    public static final String STAGE = "stage";
    /** The number of the slice in progress. */
    public static final String SLICE = "slice";

    private LogFields() {}
}
