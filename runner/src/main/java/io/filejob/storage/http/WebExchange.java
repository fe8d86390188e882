package io.filejob.storage.http;

import io.filejob.storage.remote.SlowServerException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. A timer ends it if the head is late, or if the body brings too few bytes while its reader
 * waits for them: a timeout of the socket begins again with each byte. For one thread besides the timer.
 */
public final class WebExchange implements AutoCloseable {
    /** The timer looks this many times per limit. */
    private static final int LOOKS = 20;

    private final HttpUriRequestBase request;
    private final WebLimits limits;
    private final @Nullable Duration total;
    private final ScheduledFuture<?> timer;
    private @Nullable ClassicHttpResponse response;
    private @Nullable InputStream body;
    /** Whether the body was read to its end. */
    private boolean atEnd;

    private boolean failed;

    // The rest is shared with the timer.
    private boolean inHead = true;
    private boolean waiting = true;
    /** Beginning of the exchange, by {@link System#nanoTime}. */
    private final long begun = System.nanoTime();
    /** Beginning of the current wait, by {@link System#nanoTime}. */
    private long since = System.nanoTime();
    /** Nanoseconds that the reader waited in the current period before the current wait. */
    private long waited;
    /** Number of bytes in the current period. */
    private long bytes;

    private @Nullable String slow;

    private WebExchange(
            HttpUriRequestBase request, WebLimits limits, @Nullable Duration total, ScheduledExecutorService timers) {
        this.request = request;
        this.limits = limits;
        this.total = total;
        long shortest = Math.min(limits.head().toNanos(), limits.period().toNanos());
        shortest = total == null ? shortest : Math.clamp(total.toNanos(), LOOKS, shortest);
        this.timer =
                timers.scheduleWithFixedDelay(this::look, shortest / LOOKS, shortest / LOOKS, TimeUnit.NANOSECONDS);
    }

    /** Sends a request and returns the response when its head is complete. */
    @FunctionalInterface
    public interface Sending {
        /** Sends a request and returns its response, with the body still to be read. */
        ClassicHttpResponse send(HttpUriRequestBase request) throws IOException;
    }

    /**
     * Returns {@code request} with the response that {@code sending} gets; throws {@link SlowServerException} if its head
     * is late. The whole exchange takes at most {@code total}, if that is not null.
     */
    public static WebExchange begin(
            HttpUriRequestBase request,
            WebLimits limits,
            @Nullable Duration total,
            ScheduledExecutorService timers,
            Sending sending)
            throws IOException {
        WebExchange exchange = new WebExchange(request, limits, total, timers);
        boolean begun = false;
        try {
            exchange.response = sending.send(request);
            exchange.endWait(0);
            begun = true;
            return exchange;
        } catch (IOException | IllegalStateException e) {
            throw exchange.explained(e);
        } finally {
            if (!begun) {
                exchange.close();
            }
        }
    }

    /** Returns the head of the response. */
    public ClassicHttpResponse response() {
        return Objects.requireNonNull(response);
    }

    /** Returns the body; a read throws {@link SlowServerException} if the server is too slow. */
    public InputStream body() throws IOException {
        if (body == null) {
            HttpEntity entity = response == null ? null : response.getEntity();
            InputStream content = entity == null ? null : entity.getContent();
            body = new Body(content == null ? InputStream.nullInputStream() : content);
        }
        return body;
    }

    /** Reads a body of at most {@code limit} bytes that is not needed, so that its connection can be used again. */
    public void discard(int limit) {
        HttpEntity entity = response().getEntity();
        if (entity == null || entity.getContentLength() < 0 || entity.getContentLength() > limit) {
            return;
        }
        try {
            body().skipNBytes(entity.getContentLength());
        } catch (IOException e) {
            // The connection is closed then.
        }
    }

    private synchronized void beginWait() {
        waiting = true;
        since = System.nanoTime();
    }

    private synchronized void endWait(int read) throws IOException {
        if (slow != null) {
            throw new SlowServerException(slow);
        }
        waiting = false;
        waited = inHead ? 0 : waited + System.nanoTime() - since;
        inHead = false;
        bytes += Math.max(0, read);
        if (waited >= limits.period().toNanos() && bytes >= limits.minBytes()) {
            waited = 0;
            bytes = 0;
        }
    }

    /** Ends the request if its server is too slow. */
    private synchronized void look() {
        if (total != null && slow == null && System.nanoTime() - begun >= total.toNanos()) {
            slow = "the server does not send the whole response within " + seconds(total);
            request.abort();
            return;
        }
        long now = waited + (waiting ? System.nanoTime() - since : 0);
        Duration limit = inHead ? limits.head() : limits.period();
        if (!waiting || slow != null || now < limit.toNanos() || (!inHead && bytes >= limits.minBytes())) {
            return;
        }
        slow = inHead
                ? "the server sends no complete head of a response within " + seconds(limit)
                : "the server sends " + bytes + " bytes in " + seconds(limit) + " (limit at least " + limits.minBytes()
                        + ")";
        request.abort();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    /**
     * Returns the reason of the timer if it ended the request, and {@code e} otherwise. The client throws {@link
     * CancellationException} if its thread is interrupted while it waits for the pool of connections, and {@link
     * IllegalStateException} if a request ends while it connects, which is a bug in all other cases.
     */
    private synchronized IOException explained(Exception e) {
        if (slow != null) {
            return new SlowServerException(slow, e);
        }
        return switch (e) {
            case IOException known -> known;
            case CancellationException interrupted ->
                (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalStateException(e);
        };
    }

    /**
     * Releases the connection: it is reused if the body was read to its end, and closed otherwise, since the client would
     * read the rest, which may be endless.
     */
    @Override
    public void close() {
        try {
            if (!isComplete()) {
                request.abort();
            }
            if (response != null) {
                response.close();
            }
        } catch (IOException e) {
            // The response is no longer needed, and an error of its body was already reported while reading.
        } finally {
            timer.cancel(false);
        }
    }

    /** Returns whether nothing follows the bytes that were read. */
    private boolean isComplete() throws IOException {
        return !failed
                && (atEnd || response == null || response.getEntity() == null || (body != null && body.read() < 0));
    }

    /** The body as its reader sees it. */
    private final class Body extends InputStream {
        private final InputStream content;

        Body(InputStream content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (atEnd || length == 0) {
                return atEnd ? -1 : 0;
            }
            beginWait();
            try {
                int read = content.read(target, offset, length);
                endWait(read);
                atEnd = read < 0;
                return read;
            } catch (IOException | IllegalStateException e) {
                failed = true;
                throw explained(e);
            }
        }
    }
}
