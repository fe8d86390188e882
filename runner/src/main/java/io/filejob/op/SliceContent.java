package io.filejob.op;

import io.filejob.job.Partial;
import io.filejob.read.FileRange;
import io.filejob.read.RangeOutcome;

/** What is made of the records of a slice. For one thread. */
interface SliceContent {
    /** Forgets what was before; {@code name} is that of the slice, known when its first record is. */
    void begin(SliceName name);

    /** Reads a part of the slice, of file number {@code file}. */
    RangeOutcome read(int file, FileRange range);

    /** What the slice contributes, when all parts have been read. */
    Partial finish();

    /** What a slice contributes that has failed. */
    Partial nothing();
}
