package io.filejob.spill;

import io.filejob.file.PendingFile;

/** Destination of the sorted runs of a slice: one file for all of them. */
public interface SpillSink {
    /** Returns the name of the file. */
    String name();

    /** Creates the file. */
    PendingFile create();
}
