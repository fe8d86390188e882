package io.filejob.storage;

import io.filejob.job.InputFile;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a server that does not give ranges, from its beginning to its end. A connection that breaks is made again, and
 * what was read is passed over, if the server says that the page is the same.
 */
final class HttpPageSource implements ByteSource {
    private final InputFile pinned;
    private final WebClient client;
    private @Nullable HttpAnswer answer;
    private @Nullable InputStream body;
    /** Where {@link #body} is. */
    private long position;

    private boolean ended;

    HttpPageSource(InputFile pinned, WebClient client) {
        this.pinned = pinned;
        this.client = client;
    }

    @Override
    public String name() {
        return pinned.name();
    }

    @Override
    public long size() {
        return UNKNOWN;
    }

    @Override
    public int read(long from, byte[] bytes, int offset, int length) {
        if (from < position) {
            throw new IllegalStateException(name() + " is at byte " + position + ", and " + from + " is asked for");
        }
        if (ended) {
            return -1;
        }
        return Tries.of("input " + name() + " cannot be read", () -> {
            try {
                InputStream stream = body == null ? begin() : body;
                stream.skipNBytes(from - position);
                position = from;
                int read = stream.read(bytes, offset, length);
                if (read < 0) {
                    checkWhole();
                    ended = true;
                }
                position += Math.max(0, read);
                return read;
            } catch (IOException e) {
                giveUp(e);
                throw e;
            }
        });
    }

    private InputStream begin() throws IOException {
        HttpAnswer page = HttpAnswer.get(client, name(), Map.of());
        answer = page;
        HttpInput.checkUnchanged(pinned, page);
        HttpInput.checkLength(pinned, page.length());
        position = 0;
        body = page.body();
        return body;
    }

    /** A server that told the length has sent all of it. */
    private void checkWhole() throws IOException {
        long length = answer == null ? -1 : answer.length();
        if (length >= 0 && position < length) {
            throw new IOException("the connection broke after " + position + " bytes of " + length);
        }
        HttpInput.checkLength(pinned, position);
    }

    /** Begins anew the next time, which gives the same bytes only where the server tells versions apart. */
    private void giveUp(IOException e) {
        close();
        if (position > 0 && pinned.version().isEmpty()) {
            throw new JobFailure(
                    ExitCode.UNAVAILABLE,
                    "input " + name() + " cannot be read: " + IoReason.of(e)
                            + ", and its server gives neither ranges nor versions to go on by",
                    e);
        }
    }

    @Override
    public void close() {
        if (answer != null) {
            answer.close();
        }
        answer = null;
        body = null;
    }
}
