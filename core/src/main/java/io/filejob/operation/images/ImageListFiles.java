package io.filejob.operation.images;

import io.filejob.csv.ByteSource;

/** The files of a list of images, in their order. */
public interface ImageListFiles {
    /** Returns the number of files. */
    int count();

    /** Returns the path or URI of a file, for messages. */
    String name(int file);

    /** Opens the unpacked content of a file, from any offset if {@code ranged}, else from its beginning only. */
    ByteSource open(int file, boolean ranged);
}
