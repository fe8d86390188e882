package io.filejob.group;

import io.filejob.storage.WholeFile;

/** Where the sorted runs of a slice go. */
public interface RunSink {
    /** The name of the slice's run number {@code run}, from 0. */
    String name(int run);

    /** Begins that run. */
    WholeFile create(String name);
}
