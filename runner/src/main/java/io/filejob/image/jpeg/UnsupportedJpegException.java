package io.filejob.image.jpeg;

/** A JPEG file that is damaged, or of a kind that only a general decoder reads; its caller turns to such a decoder. */
final class UnsupportedJpegException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedJpegException(String message) {
        super(message, null, false, false);
    }
}
