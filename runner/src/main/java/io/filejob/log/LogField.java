package io.filejob.log;

import io.filejob.cluster.LogFields;

/** Names of the fields of events in JSON, which the operator and the service use, too. */
public enum LogField {
    /** The namespace of the FileJob. */
    NAMESPACE(LogFields.NAMESPACE),
    /** The name of the FileJob. */
    JOB(LogFields.JOB),
    /** The index of the worker. */
    WORKER(LogFields.WORKER),
    /** The name of the worker's attempt. */
    ATTEMPT(LogFields.ATTEMPT),
    /** The stage of the slice in progress. */
    STAGE(LogFields.STAGE),
    /** The number of the slice in progress. */
    SLICE(LogFields.SLICE);

    private final String key;

    LogField(String key) {
        this.key = key;
    }

    /** Returns the key in JSON. */
    public String key() {
        return key;
    }
}
