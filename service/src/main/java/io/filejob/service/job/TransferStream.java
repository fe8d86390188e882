package io.filejob.service.job;

import io.filejob.service.problem.ProblemException;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jboss.logging.Logger;

/**
 * A file that is copied to a response, in larger pieces than other streams, which takes less CPU. If it cannot be read to its
 * end, or its caller has lost the access, the connection is closed: a client must not wait for the rest, or take the beginning
 * for the whole. For one thread.
 */
public final class TransferStream extends FilterInputStream {
    private static final Logger LOG = Logger.getLogger(TransferStream.class);
    private static final int BUFFER = 1 << 16;

    private final RepeatedCheck access;
    private final HttpServerResponse response;
    private long left;

    /**
     * Creates the stream.
     *
     * @param in the file, closed with this stream
     * @param length the number of bytes that it must have
     * @param access checks that the caller may still read it
     * @param response the response to which it is copied
     */
    public TransferStream(InputStream in, long length, RepeatedCheck access, HttpServerResponse response) {
        super(in);
        this.left = length;
        this.access = access;
        this.response = response;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int length = next(buffer); length >= 0; length = next(buffer)) {
            out.write(buffer, 0, length);
            bytes += length;
        }
        return bytes;
    }

    /** Reads the next bytes; returns -1 at the end, also if the connection was closed. */
    private int next(byte[] buffer) throws IOException {
        try {
            access.performIfDue();
            int length = in.read(buffer);
            if (length < 0 && left > 0) {
                throw new EOFException(left + " bytes are missing");
            }
            left -= length;
            return length;
        } catch (IOException | ProblemException e) {
            if (!response.headWritten()) {
                throw e;
            }
            LOG.warn("a download has ended before its end: " + e.getMessage());
            response.reset();
            return -1;
        }
    }
}
