package io.filejob.storage.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to one POST of JSON. Redirects are not followed, and its body is not read.
 *
 * @param status the HTTP status
 * @param retryAfter the delay until the next attempt that the receiver asks for, null if it does not
 */
public record WebPost(int status, @Nullable Duration retryAfter) {
    /**
     * Sends {@code json} once. Throws {@link AddressRefusedException} if the host or its address is not allowed, and
     * {@link IOException} if there is no response.
     */
    public static WebPost send(WebClient client, URI uri, Map<String, String> headers, byte[] json) throws IOException {
        try (WebExchange exchange = client.post(uri, headers, json)) {
            return new WebPost(
                    exchange.response().getCode(),
                    RetryAfter.of(exchange.response()).orElse(null));
        }
    }
}
