package io.filejob.storage.http;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.remote.ContentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The response to one GET of an {@code http:} or {@code https:} URI, after redirects. For one thread. */
final class HttpResponse implements AutoCloseable {
    private static final int MAX_REDIRECTS = 3;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebExchange exchange;
    private final int status;

    private HttpResponse(WebExchange exchange) {
        this.exchange = exchange;
        this.status = exchange.response().getCode();
    }

    /**
     * Sends the request once. Throws {@link IOException} if a retry may help, also for a server error, and {@link
     * JobFailedException} if the server refuses the request or the page does not exist.
     */
    static HttpResponse get(WebClient client, String uri, Map<String, String> headers) throws IOException {
        try {
            return follow(client, uri, headers);
        } catch (AddressRefusedException e) {
            throw WebClient.refused(uri, e);
        }
    }

    private static HttpResponse follow(WebClient client, String uri, Map<String, String> headers) throws IOException {
        URI target = parse(uri);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse answer = new HttpResponse(client.get(target, headers));
            String location = answer.header("Location");
            if (answer.status / 100 != 3 || location == null) {
                answer.check(uri);
                return answer;
            }
            answer.close();
            URI next = resolved(target, location, uri);
            if (isHttps(target) && !isHttps(next)) {
                throw new JobFailedException(
                        ExitCode.NO_INPUT, "input " + uri + " cannot be read: it redirects from https: to " + next);
            }
            if (isWeb(next) && next.getHost() == null) {
                throw new JobFailedException(
                        ExitCode.NO_INPUT,
                        "input " + uri + " cannot be read: it redirects to " + next + ", without a host");
            }
            if (!isWeb(next)) {
                throw new JobFailedException(
                        ExitCode.NO_INPUT,
                        "input " + uri + " cannot be read: it redirects to " + next + ", neither http: nor https:");
            }
            target = next;
        }
        throw new JobFailedException(
                ExitCode.NO_INPUT,
                "input " + uri + " cannot be read: more than " + MAX_REDIRECTS + " redirects, the last to " + target);
    }

    private static URI resolved(URI base, String location, String uri) {
        try {
            return base.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT,
                    "input " + uri + " cannot be read: its server redirects to an invalid URI: " + e.getMessage(),
                    e);
        }
    }

    private static boolean isWeb(URI uri) {
        return isHttps(uri) || "http".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static URI parse(String uri) {
        try {
            return new URI(uri);
        } catch (URISyntaxException e) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "input " + uri + " is not a valid URI: " + e.getReason() + " at " + e.getIndex()
                            + " (write %20 for a space)",
                    e);
        }
    }

    private void check(String uri) throws IOException {
        switch (status) {
            case HttpURLConnection.HTTP_OK,
                    HttpURLConnection.HTTP_PARTIAL,
                    HttpURLConnection.HTTP_PRECON_FAILED,
                    HttpInput.RANGE_NOT_SATISFIABLE ->
                // The caller interprets these statuses.
                checkEncoding(uri);
            case HttpURLConnection.HTTP_UNAUTHORIZED,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_PROXY_AUTH -> {
                close();
                throw new JobFailedException(
                        ExitCode.CREDENTIALS_REFUSED,
                        "input " + uri + " cannot be read: the server refuses it, status " + status);
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> {
                close();
                throw new JobFailedException(ExitCode.NO_INPUT, "input " + uri + " is not there: status " + status);
            }
            default -> {
                close();
                if (status >= 500 || status == TOO_MANY_REQUESTS || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
                    throw new IOException("the server fails, status " + status);
                }
                throw new JobFailedException(
                        ExitCode.NO_INPUT, "input " + uri + " cannot be read: the server says status " + status);
            }
        }
    }

    /**
     * Refuses a body that the server compressed although the request forbids it; a {@code .gz} is compressed anyway.
     */
    private void checkEncoding(String uri) {
        String encoding = header("Content-Encoding");
        if (encoding != null && ContentEncoding.isUnexpected(encoding, uri)) {
            close();
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + uri + " cannot be read: " + ContentEncoding.problem(encoding));
        }
    }

    int status() {
        return status;
    }

    @Nullable
    String header(String name) {
        Header header = exchange.response().getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Returns the length of the body in bytes, or -1 if the server does not send it. */
    long length() {
        HttpEntity entity = exchange.response().getEntity();
        return entity == null ? 0 : entity.getContentLength();
    }

    /** Returns the body; a read throws {@link IOException} if the server is too slow. */
    InputStream body() throws IOException {
        return exchange.body();
    }

    /**
     * Reads the body, which must have {@code length} bytes, into {@code bytes}; throws {@link IOException} if it is
     * shorter.
     */
    void fill(byte[] bytes, int length) throws IOException {
        int read = body().readNBytes(bytes, 0, length);
        if (read < length) {
            throw new IOException("the connection broke after " + read + " bytes of " + length);
        }
    }

    /** Releases the connection; it is reused if the body was read to its end. */
    @Override
    public void close() {
        exchange.close();
    }
}
