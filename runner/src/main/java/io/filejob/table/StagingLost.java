package io.filejob.table;

import java.util.List;

/** Rows that were waiting are gone: the server has crashed, or somebody has removed them. */
final class StagingLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Long> starts;

    /** Those of parts with these starts. */
    StagingLost(List<Long> starts) {
        super("rows that were waiting are gone");
        this.starts = List.copyOf(starts);
    }

    List<Long> starts() {
        return starts;
    }
}
