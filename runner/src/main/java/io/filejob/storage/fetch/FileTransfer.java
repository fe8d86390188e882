package io.filejob.storage.fetch;

import io.filejob.failure.Excerpt;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.jspecify.annotations.Nullable;

/** Writes the content of a response into a file, up to a limit. */
final class FileTransfer {
    private static final int BUFFER = 32 << 10;

    private FileTransfer() {}

    /**
     * Replaces the content of {@code target} by that of {@code content}; returns its size. Throws {@link IOException} if
     * {@code content} cannot be read, {@link FetchException} if it is larger than {@code limit}, and {@link
     * JobFailedException} with {@link ExitCode#STORE_LOST} if the file cannot be written.
     */
    static long copy(InputStream content, Path target, long limit) throws IOException, FetchException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = create(target)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw tooLarge("more than " + limit, limit);
                }
                write(out, buffer, read, target);
            }
        }
        return size;
    }

    /**
     * Copies the body of a response as {@link #copy(InputStream, Path, long)} does. A body that is compressed although the
     * request forbids it is unpacked, as browsers do.
     *
     * @param length the stated length of the body, or -1 if it is unknown
     * @param coding the Content-Encoding
     */
    static long copy(InputStream body, long length, @Nullable String coding, Path target, long limit)
            throws IOException, FetchException {
        if (length > limit) {
            throw tooLarge("" + length, limit);
        }
        return switch (coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity", "none" -> {
                long size = copy(body, target, limit);
                if (length >= 0 && size < length) {
                    throw new ConnectionClosedException(size + " bytes of " + length);
                }
                yield size;
            }
            case "gzip", "x-gzip" -> unpack(body, target, limit);
            default ->
                throw new FetchException(
                        FetchProblem.BAD_RESPONSE,
                        "it is sent with Content-Encoding: " + Excerpt.cell(String.valueOf(coding)));
        };
    }

    private static long unpack(InputStream body, Path target, long limit) throws IOException, FetchException {
        try (InputStream unpacked = new GZIPInputStream(body, BUFFER)) {
            return copy(unpacked, target, limit);
        } catch (ZipException e) {
            throw new FetchException(FetchProblem.BAD_RESPONSE, "its gzip data are damaged: " + e.getMessage(), e);
        }
    }

    /** Returns the failure for a file of {@code size} bytes. */
    static FetchException tooLarge(String size, long limit) {
        return new FetchException(FetchProblem.TOO_LARGE, "it has " + size + " bytes (limit " + limit + ")");
    }

    private static OutputStream create(Path target) {
        try {
            return Files.newOutputStream(target);
        } catch (IOException e) {
            throw notWritten(target, e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length, Path target) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw notWritten(target, e);
        }
    }

    private static JobFailedException notWritten(Path target, IOException e) {
        return new JobFailedException(
                ExitCode.STORE_LOST, "scratch file " + target + " cannot be written: " + IoReason.of(e), e);
    }
}
