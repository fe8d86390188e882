package io.filejob.service.job;

import io.filejob.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A file to be downloaded. */
public sealed interface Content {
    /** Returns the name under which it is saved. */
    String fileName();

    /** Returns the media type. */
    String mediaType();

    /**
     * A file that the client fetches itself, with a URL that is valid for some minutes.
     *
     * @param source opens the file for this service, for example to show its first rows; null if only the client may
     */
    record RedirectedContent(
            String fileName,
            String mediaType,
            URI location,
            @Nullable ContentSource source) implements Content {}

    /**
     * A file that this service reads only at a request for it, since it starts a pod.
     *
     * @param source finds the file
     */
    record PodContent(String fileName, String mediaType, ContentSource source) implements Content {}

    /** Finds a file that this service can read. */
    interface ContentSource {
        /** Returns the file; throws {@link ProblemException} if it does not exist any more. */
        ReadableContent find();
    }

    /** A file that this service can read. */
    sealed interface ReadableContent extends Content {
        /** Returns the size in bytes. */
        long size() throws IOException;

        /** Returns a text that changes with the content. */
        String version() throws IOException;

        /** Returns {@code length} bytes from {@code offset}; the caller closes the stream. */
        InputStream open(long offset, long length) throws IOException;
    }

    /** A file of this machine. */
    record LocalContent(String fileName, String mediaType, Path file) implements ReadableContent {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public String version() throws IOException {
            BasicFileAttributes state = Files.readAttributes(file, BasicFileAttributes.class);
            return Long.toHexString(state.size()) + "-"
                    + Long.toHexString(state.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return new LimitedStream(
                    Channels.newInputStream(FileChannel.open(file).position(offset)), length);
        }
    }

    /** A file that this service reads from another one. */
    record StreamedContent(String fileName, String mediaType, long size, String version, RangeSource source)
            implements ReadableContent {
        @Override
        public InputStream open(long offset, long length) throws IOException {
            return source.open(offset, length);
        }
    }

    /** Opens a part of a file. */
    interface RangeSource {
        /** Returns {@code length} bytes from {@code offset}; the caller closes the stream. */
        InputStream open(long offset, long length) throws IOException;
    }
}
