package io.filejob.callback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The headers of Standard Webhooks 1.0.0. */
final class WebhookHeaders {
    private WebhookHeaders() {}

    /**
     * Returns identifier, time and signatures. The signed text consists of the identifier, the time in seconds and the
     * body, separated by full stops.
     */
    static Map<String, String> of(String id, Instant time, byte[] body, List<SigningKey> keys) {
        String seconds = Long.toString(time.getEpochSecond());
        byte[] start = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, signed, start.length, body.length);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        headers.put(
                "webhook-signature", keys.stream().map(key -> key.sign(signed)).collect(Collectors.joining(" ")));
        return headers;
    }
}
