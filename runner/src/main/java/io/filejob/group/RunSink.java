package io.filejob.group;

import io.filejob.storage.WholeFile;

/** Where the sorted runs of a slice go: one file for all of them. */
public interface RunSink {
    /** The name of that file. */
    String name();

    /** Begins it. */
    WholeFile create();
}
