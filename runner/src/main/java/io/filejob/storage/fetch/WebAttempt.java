package io.filejob.storage.fetch;

import io.filejob.storage.http.RetryAfter;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebExchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** One attempt to fetch a file: a request, and those to which it is redirected. For one thread. */
final class WebAttempt {
    private static final int MAX_REDIRECTS = 3;
    /** The number of unused connections, closed by their server meanwhile, on which a request is sent again at once. */
    private static final int MAX_STALE = 3;

    /** Maximum length of a body without a file that is read so that its connection can be used again. */
    private static final int MAX_DISCARD = 16 << 10;

    private static final int PAYMENT_REQUIRED = 402;
    private static final int LEGAL_REASONS = 451;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    private final WebClient client;
    private final long maxBytes;
    private final Path target;
    private final TimeBudget budget;
    private long size;

    WebAttempt(WebClient client, long maxBytes, Path target, TimeBudget budget) {
        this.client = client;
        this.maxBytes = maxBytes;
        this.target = target;
        this.budget = budget;
    }

    /** Writes the file at {@code uri} to the target; returns its size. */
    long run(URI uri, HostTurns turns) throws FetchException, RetriableException, InterruptedException {
        URI hop = uri;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            try (HostTurns.Turn turn = turns.begin(hop)) {
                budget.extend(turn.waited());
                String location = request(hop, turn);
                if (location == null) {
                    return size;
                }
                hop = BrowserUrl.redirect(hop, location);
            }
        }
        throw new FetchException(
                FetchProblem.TOO_MANY_REDIRECTS, "more than " + MAX_REDIRECTS + " redirects, the last to " + hop);
    }

    /** Sends one request; returns the location of a redirect, or null if the target holds the file. */
    private @Nullable String request(URI uri, HostTurns.Turn turn) throws FetchException, RetriableException {
        if (!budget.isLeft()) {
            throw new FetchException(FetchProblem.TIMED_OUT, "no time is left for another request");
        }
        try (WebExchange exchange = send(uri)) {
            return judged(exchange, turn);
        } catch (IOException e) {
            RetriableException failure = WebFailure.of(e);
            turn.failed(failure.pause());
            throw failure;
        } catch (RetriableException e) {
            turn.failed(e.pause());
            throw e;
        }
    }

    private @Nullable String judged(WebExchange exchange, HostTurns.Turn turn)
            throws IOException, FetchException, RetriableException {
        try {
            String location = receive(exchange);
            turn.succeeded();
            return location;
        } catch (FetchException e) {
            // The host works, and only this file is of no use.
            turn.succeeded();
            throw e;
        }
    }

    private WebExchange send(URI uri) throws IOException {
        for (int stale = 0; ; stale++) {
            try {
                return client.get(uri, Map.of("Accept", "image/*,*/*;q=0.8"), budget.left());
            } catch (NoHttpResponseException e) {
                if (stale == MAX_STALE || !budget.isLeft()) {
                    throw e;
                }
            }
        }
    }

    private @Nullable String receive(WebExchange exchange) throws IOException, FetchException, RetriableException {
        ClassicHttpResponse response = exchange.response();
        int status = response.getCode();
        if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_NOT_AUTHORITATIVE) {
            exchange.discard(MAX_DISCARD);
        }
        return switch (status) {
            case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_NOT_AUTHORITATIVE -> {
                store(exchange);
                yield null;
            }
            case HttpURLConnection.HTTP_MOVED_PERM,
                    HttpURLConnection.HTTP_MOVED_TEMP,
                    HttpURLConnection.HTTP_SEE_OTHER,
                    TEMPORARY_REDIRECT,
                    PERMANENT_REDIRECT -> {
                String location = header(response, "Location");
                if (location == null) {
                    throw bad("status " + status + " without a location");
                }
                yield location;
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw new FetchException(FetchProblem.NOT_FOUND, "the server has no such file, status " + status);
            case HttpURLConnection.HTTP_UNAUTHORIZED,
                    PAYMENT_REQUIRED,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_PROXY_AUTH,
                    LEGAL_REASONS ->
                throw new FetchException(FetchProblem.FORBIDDEN, "the server refuses it, status " + status);
            case HttpURLConnection.HTTP_CLIENT_TIMEOUT,
                    TOO_MANY_REQUESTS,
                    HttpURLConnection.HTTP_INTERNAL_ERROR,
                    HttpURLConnection.HTTP_BAD_GATEWAY,
                    HttpURLConnection.HTTP_UNAVAILABLE,
                    HttpURLConnection.HTTP_GATEWAY_TIMEOUT ->
                throw new RetriableException(
                        FetchProblem.UNAVAILABLE,
                        "the server fails, status " + status,
                        RetryAfter.of(response).orElse(Duration.ZERO),
                        null);
            default -> {
                if (status >= 500) {
                    throw new RetriableException(
                            FetchProblem.UNAVAILABLE, "the server fails, status " + status, Duration.ZERO, null);
                }
                throw bad("status " + status);
            }
        };
    }

    private static FetchException bad(String how) {
        return new FetchException(FetchProblem.BAD_RESPONSE, "the server responds with " + how);
    }

    private void store(WebExchange exchange) throws IOException, FetchException {
        ClassicHttpResponse response = exchange.response();
        long length = response.getEntity() == null ? 0 : response.getEntity().getContentLength();
        size = FileTransfer.copy(exchange.body(), length, header(response, "Content-Encoding"), target, maxBytes);
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
