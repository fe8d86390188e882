package io.filejob.storage.http;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.plan.InputFile;
import io.filejob.storage.remote.RemoteRetries;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a server that does not support ranges, read from beginning to end. After a broken connection the page is
 * requested again and the bytes already read are skipped, if the server's validator confirms that it is unchanged; a
 * limit on the number of requests ends a page that breaks off a little later each time.
 */
final class HttpPageSource implements ByteSource {
    private static final int MAX_REQUESTS = 20;

    private final InputFile pinned;
    private final WebClient client;
    private int requests;
    private @Nullable HttpResponse answer;
    private @Nullable InputStream body;
    /** Offset of the next byte of {@link #body} in the page. */
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
        return RemoteRetries.run("input " + name() + " cannot be read", () -> {
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
                checkNotLonger();
                return read;
            } catch (IOException e) {
                giveUp(e);
                throw e;
            }
        });
    }

    private InputStream begin() throws IOException {
        if (++requests > MAX_REQUESTS) {
            throw new JobFailedException(
                    ExitCode.UNAVAILABLE,
                    "input " + name() + " cannot be read: its connections broke " + MAX_REQUESTS
                            + " times, the last at byte " + position + ", and its server gives no ranges to go on by");
        }
        HttpResponse page = HttpResponse.get(client, name(), Map.of());
        answer = page;
        HttpInput.checkUnchanged(pinned, page);
        if (page.status() != HttpURLConnection.HTTP_OK) {
            throw HttpInput.changed(
                    pinned, "its server sends a part of it instead of the whole, status " + page.status());
        }
        HttpInput.checkLength(pinned, page.length());
        position = 0;
        body = page.body();
        return body;
    }

    /**
     * Throws {@link IOException} if the server sent less than it announced, {@link JobFailedException} if the page has another
     * length than the pinned one.
     */
    private void checkWhole() throws IOException {
        long length = answer == null ? -1 : answer.length();
        if (length >= 0 && position < length) {
            throw new IOException("the connection broke after " + position + " bytes of " + length);
        }
        HttpInput.checkLength(pinned, position);
    }

    /** Throws {@link JobFailedException} if an endless or longer page has passed the pinned length, or else the limit. */
    private void checkNotLonger() {
        if (position > pinned.size()) {
            HttpInput.checkLength(pinned, position);
        }
        long limit = client.limits().pageBytes();
        if (position > limit) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    String.format(
                            Locale.ROOT,
                            "input %s: no end found, and its server does not send its length (%,d bytes, limit %,d);"
                                    + " download the file, or use a server that sends Content-Length",
                            name(),
                            position,
                            limit));
        }
    }

    /**
     * Closes the connection, so that the next read begins again; fails if bytes were already read and the server sends
     * no validator, since another response might then differ.
     */
    private void giveUp(IOException e) {
        close();
        if (position > 0 && pinned.version().isEmpty()) {
            throw new JobFailedException(
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
