package io.filejob.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.service.ServiceSettings;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IdentityProviderTest {
    private static final URI PAGE = URI.create("http://127.0.0.1/login/provider");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private IdentityProvider provider(String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(ServiceSettings.class);
        for (int i = 0; i < settings.length; i += 2) {
            builder.withDefaultValue("filejob.service." + settings[i], settings[i + 1]);
        }
        builder.withDefaultValue("user.home", "/");
        return new IdentityProvider(builder.build().getConfigMapping(ServiceSettings.class), vertx);
    }

    @Test
    void aServiceWithoutAProviderHasNone() {
        assertThat(provider().name()).isEmpty();
        assertThatThrownBy(() -> provider().page(LoginAttempt.create(), PAGE))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    private static void answer(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aProviderThatCannotBeReadIsNamed() throws IOException {
        // A server that speaks no TLS.
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            Thread.startVirtualThread(() -> answer(server));
            IdentityProvider provider =
                    provider("cluster.oidc.issuer", "https://127.0.0.1:" + port, "cluster.oidc.client-id", "filejob");
            assertThat(provider.name()).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> provider.page(LoginAttempt.create(), PAGE))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.UNAVAILABLE))
                    .hasMessageContaining("the identity provider 127.0.0.1 cannot be used");
        }
    }
}
