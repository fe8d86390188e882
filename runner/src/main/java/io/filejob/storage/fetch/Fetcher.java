package io.filejob.storage.fetch;

import io.filejob.failure.JobFailedException;
import io.filejob.file.UriScheme;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebLimits;
import io.filejob.storage.local.LocalLocations;
import io.filejob.storage.s3.S3Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches single files at {@code http:}, {@code https:}, {@code s3:} and {@code file:} URLs. The limits on connections and
 * the pauses of hosts apply to all files that one instance fetches. Calls block: each of the files that are fetched at
 * the same time needs a thread of its own, for example a virtual one. A file waits for its turn at its host, and then,
 * if 16 others are being fetched, for one of them. Safe to use from any thread.
 */
public final class Fetcher implements AutoCloseable {
    private final FetchLimits limits;
    private final HostGuard guard;
    private final Supplier<S3Storage> bucket;
    private final LocalLocations local;
    private @Nullable WebClient client;
    private @Nullable WebFetch web;

    /** Creates it without a client yet; {@code bucket} returns the one for object storage, which the caller closes. */
    public Fetcher(FetchLimits limits, HostGuard guard, Supplier<S3Storage> bucket, LocalLocations local) {
        this.limits = limits;
        this.guard = guard;
        this.bucket = bucket;
        this.local = local;
    }

    /**
     * Writes the file at {@code uri} to {@code target}, which is created or replaced; returns its size. After a failure
     * there is no such file. Blanks around {@code uri} are ignored.
     *
     * @throws FetchException if the reason concerns this file or its server only
     * @throws JobFailedException if the thread was interrupted, {@code target} cannot be written, or the job's object
     *     storage does not respond or refuses the credentials
     */
    public long fetch(String uri, Path target) throws FetchException {
        boolean isComplete = false;
        try {
            long size = fetchInto(uri.strip(), target);
            isComplete = true;
            return size;
        } finally {
            if (!isComplete) {
                delete(target);
            }
        }
    }

    private long fetchInto(String uri, Path target) throws FetchException {
        return switch (UriScheme.of(uri)) {
            case HTTP -> fetchPage(BrowserUrl.parse(uri), target);
            case S3 -> StorageFetch.object(bucket.get(), uri, target, limits.bytes());
            case FILE -> {
                if (!uri.toLowerCase(Locale.ROOT).startsWith("file:/")) {
                    throw new FetchException(
                            FetchProblem.INVALID_URL, "it is not an absolute http:, https:, s3: or file: URL");
                }
                yield StorageFetch.file(local, uri, target, limits.bytes());
            }
        };
    }

    private long fetchPage(URI uri, Path target) throws FetchException {
        return web().fetch(uri, target);
    }

    private synchronized WebFetch web() {
        if (web == null) {
            client = new WebClient(guard, webLimits());
            web = new WebFetch(client, limits);
        }
        return web;
    }

    /** Returns the limits of one request; a body may be slow as long as the time for the whole file is not over. */
    private WebLimits webLimits() {
        Duration whole = limits.time();
        Duration silence = Duration.ofSeconds(15);
        return new WebLimits(
                4 * HostTurns.maxConnections(limits.perHost()),
                Duration.ofSeconds(5),
                silence.compareTo(whole) < 0 ? silence : whole,
                whole,
                whole,
                0,
                limits.bytes());
    }

    private static void delete(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes all connections. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
            web = null;
        }
    }
}
