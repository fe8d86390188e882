package io.filejob.engine;

import io.filejob.status.JobResult;
import java.util.Optional;

/** The data of one job outside of its store, for example staging tables in a database. For one thread. */
public interface ExternalData {
    /** The data of a job that has none. */
    ExternalData NONE = new ExternalData() {};

    /**
     * Rows that a job has committed although it is incomplete.
     *
     * @param rows the number of rows
     * @param result the rows as they are shown in a status
     */
    record Committed(long rows, JobResult result) {}

    /** Returns the committed rows; empty if there cannot be any, or if they cannot be determined quickly. */
    default Optional<Committed> committed() {
        return Optional.empty();
    }

    /** Removes the data of a failed job, except the record of the rows that it has committed. */
    default void abandon() {}

    /**
     * Removes all data of the job, whether or not it has ended. Returns a description of the removed data; an empty text
     * if there was none.
     */
    default String remove() {
        return "";
    }

    /** Removes data as {@link #remove} does, at the end of a run; data that cannot be removed quickly stays. */
    default void removeIfEasy() {}
}
