package io.filejob.operation.images;

/** Receives the rows of a list of images in file order. */
public interface ImageListVisitor {
    /** Takes a good row. */
    void row(ImageListRow row);

    /** Takes a bad row; by default it is of no interest. */
    default void bad(BadListRow row) {}

    /** Takes a further problem of the last bad row; by default it is of no interest. */
    default void alsoBad(BadListRow row) {}
}
