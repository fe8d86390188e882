package io.filejob.image;

/** The reasons for which an image cannot be compressed. All of them lie in the image and the options. */
public enum ImageProblem {
    /** The bytes do not begin like an image, for example those of a web page, or there are none. */
    NOT_AN_IMAGE("NotAnImage"),
    /** The image is truncated, or its header or pixels cannot be decoded. */
    DAMAGED("Damaged"),
    /** The header declares more pixels, in all frames together, than the limit. */
    TOO_MANY_PIXELS("TooManyPixels"),
    /** The compression takes more memory than the limit. */
    TOO_MUCH_MEMORY("TooLarge"),
    /** The kind of image is not read, or the requested format cannot hold it or cannot be written. */
    UNSUPPORTED_FORMAT("UnsupportedFormat"),
    /** The image is larger than the requested number of bytes even at the lowest quality. */
    TARGET_NOT_REACHED("TargetNotReached");

    private final String reason;

    ImageProblem(String reason) {
        this.reason = reason;
    }

    /** Returns the name for users, such as {@code NotAnImage}. */
    public String reason() {
        return reason;
    }
}
