package io.filejob.plan;

/**
 * Cuts the input into slices 0 to N-1 by arithmetic. Positions are numbers in the sequence of all inputs; their unit
 * depends on the kind of input. N does not depend on the number of workers.
 */
public sealed interface Slicing permits GeneratedSlicing, FileSlicing {
    /** Returns the number of slices N. */
    int slices();

    /** Returns the position at which slice {@code slice} begins. */
    long begin(int slice);

    /** Returns the position at which it ends, which is the begin of the next slice. */
    long end(int slice);

    /** Returns the number of input files. */
    long inputs();

    /** Returns the name of a file for messages. */
    String source(long file);

    /** Returns the position of the file's first byte or, if positions count files, of the file. */
    long fileBegin(long file);

    /** Returns the number of the file at this position. */
    long fileAt(long position);
}
