package io.filejob.service.upload;

import io.filejob.service.job.RepeatedCheck;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of a request from its event loop to a thread that may block. When the thread is slower, the client has to
 * wait, so that only about {@value #MAX_WAITING} bytes are held.
 */
public final class RequestBodyReader {
    private static final int MAX_WAITING = 1 << 20;
    /** Time without a byte after which the client counts as gone, in seconds. */
    private static final int MAX_SILENCE = 60;

    private final ReadStream<Buffer> body;
    private final Context eventLoop;
    private final RepeatedCheck access;
    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    /** For the event loop. */
    private boolean isPaused;
    /** The number of bytes received; for the event loop. */
    private long received;

    /**
     * A part of the body.
     *
     * @param bytes the bytes; null at the end
     * @param isCut whether the connection has broken
     */
    private record Chunk(@Nullable Buffer bytes, boolean isCut) {
        static final Chunk END = new Chunk(null, false);
        static final Chunk CUT = new Chunk(null, true);
    }

    /**
     * Begins to read {@code body}; for the event loop, before it has received any byte.
     *
     * @param access checks that the caller may still store it
     */
    public RequestBodyReader(ReadStream<Buffer> body, Context eventLoop, RepeatedCheck access) {
        this.body = body;
        this.eventLoop = eventLoop;
        this.access = access;
        body.exceptionHandler(_ -> cut());
        body.endHandler(_ -> chunks.add(Chunk.END));
        body.handler(this::received);
        // The request is paused while a caller is being recognized.
        body.resume();
    }

    /** Reports a broken connection. */
    public void cut() {
        chunks.add(Chunk.CUT);
    }

    /** Returns the check of the caller's access. */
    RepeatedCheck access() {
        return access;
    }

    /** Returns the number of bytes that have been received; for the event loop. */
    public long received() {
        return received;
    }

    private void received(Buffer bytes) {
        received += bytes.length();
        chunks.add(new Chunk(bytes, false));
        if (waiting.addAndGet(bytes.length()) > MAX_WAITING && !isPaused) {
            isPaused = true;
            body.pause();
        }
    }

    /** Returns the next bytes, or null at the end; throws {@link IOException} if the connection has broken. */
    public @Nullable Buffer next() throws IOException {
        Chunk chunk;
        try {
            chunk = chunks.poll(MAX_SILENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (chunk == null || chunk.isCut()) {
            throw new ConnectionCutException();
        }
        Buffer bytes = chunk.bytes();
        if (bytes == null) {
            return null;
        }
        int left = waiting.addAndGet(-bytes.length());
        if (left <= MAX_WAITING / 2 && left + bytes.length() > MAX_WAITING / 2) {
            eventLoop.runOnContext(_ -> resume());
        }
        return bytes;
    }

    private void resume() {
        if (isPaused && waiting.get() <= MAX_WAITING / 2) {
            isPaused = false;
            body.resume();
        }
    }
}
