package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to one GET of an {@code http:} or {@code https:} URI, behind redirects. For one thread. */
final class HttpAnswer implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 10;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpURLConnection connection;
    private final int status;
    private boolean isRead;

    private HttpAnswer(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        this.status = connection.getResponseCode();
    }

    /**
     * Asks once. {@link IOException} if asking again may help; a server that fails counts as such. {@link JobFailure} if
     * the server does not want to, or has no such page.
     */
    static HttpAnswer get(String uri, Map<String, String> headers) throws IOException {
        URI target = parse(uri, uri);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpAnswer answer = new HttpAnswer(open(target, headers));
            String location = answer.header("Location");
            if (answer.status / 100 != 3 || location == null) {
                answer.check(uri);
                return answer;
            }
            answer.close();
            URI next = target.resolve(parse(location, uri));
            if ("https".equals(target.getScheme()) && !"https".equals(next.getScheme())) {
                throw new JobFailure(
                        ExitCode.NO_INPUT, "input " + uri + " cannot be read: it redirects from https: to " + next);
            }
            target = next;
        }
        throw new JobFailure(
                ExitCode.NO_INPUT,
                "input " + uri + " cannot be read: more than " + MOST_REDIRECTS + " redirects, the last to " + target);
    }

    private static URI parse(String text, String uri) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "input " + uri + " is no URI: " + e.getReason() + " at " + e.getIndex()
                            + " (write %20 for a space)",
                    e);
        }
    }

    private static HttpURLConnection open(URI uri, Map<String, String> headers) throws IOException {
        URLConnection connection = uri.toURL().openConnection();
        if (!(connection instanceof HttpURLConnection http)) {
            throw new JobFailure(ExitCode.NO_INPUT, uri + " cannot be read: it is neither http: nor https:");
        }
        http.setInstanceFollowRedirects(false);
        http.setConnectTimeout((int) CONNECT.toMillis());
        http.setReadTimeout((int) SILENCE.toMillis());
        http.setUseCaches(false);
        http.setRequestProperty("User-Agent", "filejob");
        // What is packed on the way would have other lengths and offsets.
        http.setRequestProperty("Accept-Encoding", "identity");
        headers.forEach(http::setRequestProperty);
        return http;
    }

    private void check(String uri) throws IOException {
        switch (status) {
            case HttpURLConnection.HTTP_OK,
                    HttpURLConnection.HTTP_PARTIAL,
                    HttpURLConnection.HTTP_PRECON_FAILED,
                    HttpInput.RANGE_NOT_SATISFIABLE -> {
                // Whoever asked knows what these mean.
            }
            case HttpURLConnection.HTTP_UNAUTHORIZED,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_PROXY_AUTH -> {
                close();
                throw new JobFailure(
                        ExitCode.CREDENTIALS_REFUSED,
                        "input " + uri + " cannot be read: the server refuses it, status " + status);
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> {
                close();
                throw new JobFailure(ExitCode.NO_INPUT, "input " + uri + " is not there: status " + status);
            }
            default -> {
                close();
                if (status >= 500 || status == TOO_MANY_REQUESTS || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
                    throw new IOException("the server fails, status " + status);
                }
                throw new JobFailure(
                        ExitCode.NO_INPUT, "input " + uri + " cannot be read: the server says status " + status);
            }
        }
    }

    int status() {
        return status;
    }

    @Nullable
    String header(String name) {
        return connection.getHeaderField(name);
    }

    /** How many bytes the body has; -1 if the server does not say. */
    long length() {
        return connection.getContentLengthLong();
    }

    InputStream body() throws IOException {
        return connection.getInputStream();
    }

    /** Fills {@code bytes[0, length)}, which are all of the body; {@link IOException} if it is shorter. */
    void fill(byte[] bytes, int length) throws IOException {
        try (InputStream body = body()) {
            int read = body.readNBytes(bytes, 0, length);
            if (read < length) {
                throw new IOException("the connection broke after " + read + " bytes of " + length);
            }
        }
        isRead = true;
    }

    /** After a body that was read to its end the connection is kept for other requests. */
    @Override
    public void close() {
        if (!isRead) {
            connection.disconnect();
        }
    }
}
