package io.filejob.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.testing.http.PageServer;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests with a real server. */
final class WebClientTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void anInterruptedThreadGetsNoConnection() throws Exception {
        try (PageServer server = new PageServer();
                WebClient client = new WebClient(
                        HostGuard.local(null), new WebLimits(1, LONG, LONG, LONG, LONG, 0, Long.MAX_VALUE))) {
            server.put("page", new byte[1]);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.get(URI.create(server.uri("page")), Map.of()))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }
}
