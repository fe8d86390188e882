package io.filejob.cli;

import io.filejob.image.ImageCompressor;
import io.filejob.image.LibvipsMissingException;

/** Loads libvips and prints its version, or fails: a build of the container image must end if the library does not fit. */
final class LibvipsCheck {
    private LibvipsCheck() {}

    public static void main(String[] arguments) {
        try {
            System.out.println("libvips " + ImageCompressor.open().libraryVersion());
        } catch (LibvipsMissingException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
