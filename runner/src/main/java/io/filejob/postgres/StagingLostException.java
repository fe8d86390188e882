package io.filejob.postgres;

import java.util.List;

/** Rows in the staging tables are lost: the server has crashed, or they have been removed. */
final class StagingLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Long> starts;

    /** Reports the loss of the parts with these starts. */
    StagingLostException(List<Long> starts) {
        super("rows that were waiting are gone");
        this.starts = List.copyOf(starts);
    }

    List<Long> starts() {
        return starts;
    }
}
