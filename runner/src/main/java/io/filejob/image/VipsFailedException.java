package io.filejob.image;

/** An operation of libvips failed, because of the image or because of the codec; its caller finds out which. */
final class VipsFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    VipsFailedException() {
        super("an operation of libvips failed", null, false, false);
    }
}
