package io.filejob.group;

import io.filejob.storage.WholeFile;

/** Destination of the sorted runs of a slice: one file for all of them. */
public interface RunSink {
    /** Returns the name of the file. */
    String name();

    /** Creates the file. */
    WholeFile create();
}
