package io.filejob.service.job;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;

/** A file to be downloaded. */
public sealed interface Content {
    /** Returns the name under which it is saved. */
    String fileName();

    /** Returns the media type. */
    String mediaType();

    /** A file of this machine. */
    record LocalContent(String fileName, String mediaType, Path file) implements Content {}

    /** A file that the client fetches itself, with a URL that is valid for some minutes. */
    record RedirectedContent(String fileName, String mediaType, URI location) implements Content {}

    /** A file that this service reads from another one. */
    record StreamedContent(String fileName, String mediaType, long size, String version, RangeSource source)
            implements Content {}

    /** Opens a part of a file. */
    interface RangeSource {
        /** Returns {@code length} bytes from {@code offset}; the caller closes the stream. */
        InputStream open(long offset, long length) throws IOException;
    }
}
