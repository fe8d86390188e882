package io.filejob.image;

/**
 * libvips cannot be loaded on this machine. The message names the remedy. A retry on this machine cannot succeed, so a
 * job that needs libvips should end with the exit status of an invalid environment or manifest (78).
 */
public final class LibvipsMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    LibvipsMissingException(String message) {
        super(message);
    }

    LibvipsMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
