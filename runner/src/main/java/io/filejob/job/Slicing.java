package io.filejob.job;

/**
 * How the input is cut into slices 0 to N-1, by arithmetic. Positions are numbers on one line on which all inputs stand
 * one after the other; what they count depends on the kind of input. N does not depend on the number of workers.
 */
public sealed interface Slicing permits GeneratedSlicing, FileSlicing {
    /** N. */
    int slices();

    /** Where slice {@code slice} begins. */
    long begin(int slice);

    /** Where it ends, which is where the next one begins. */
    long end(int slice);

    /** How many files the input has. */
    long inputs();

    /** The file's name for people. */
    String source(long file);

    /** The position of the file's first byte or, where positions count files, of the file. */
    long fileBegin(long file);

    /** The file that holds this position. */
    long fileAt(long position);
}
