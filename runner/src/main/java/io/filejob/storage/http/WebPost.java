package io.filejob.storage.http;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/**
 * The response to one POST of JSON. Redirects are not followed, and its body is not read.
 *
 * @param status the HTTP status
 * @param retryAfter the header {@code Retry-After}, null if absent
 */
public record WebPost(int status, @Nullable String retryAfter) {
    /**
     * Sends {@code json} once. Throws {@link AddressRefusedException} if the host or its address is not allowed, and
     * {@link IOException} if there is no response.
     */
    public static WebPost send(WebClient client, URI uri, Map<String, String> headers, byte[] json) throws IOException {
        try (WebExchange exchange = client.post(uri, headers, json)) {
            Header retryAfter = exchange.response().getFirstHeader("Retry-After");
            return new WebPost(exchange.response().getCode(), retryAfter == null ? null : retryAfter.getValue());
        }
    }
}
