package io.filejob.engine;

import io.filejob.csv.FileRange;
import io.filejob.csv.RangeOutcome;
import io.filejob.ledger.Partial;

/** Computes the contribution of a slice from its records. For one thread. */
public interface SliceContent {
    /** Discards the previous slice and begins a new one; {@code name} is available once its first record is known. */
    void begin(SliceName name);

    /** Reads a part of the slice, from file number {@code file}. */
    RangeOutcome read(int file, FileRange range);

    /** Returns the contribution of the slice after all parts have been read. */
    Partial finish();

    /** Returns the empty contribution of a failed slice. */
    Partial emptyPartial();
}
