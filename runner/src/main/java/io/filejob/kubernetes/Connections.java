package io.filejob.kubernetes;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.PemTrustStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Connections to the API server that carry the token and trust the cluster's authorities only. For any thread. */
final class Connections {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(20);

    private final ApiAccess access;
    private final @Nullable SSLSocketFactory sockets;

    Connections(ApiAccess access) {
        this.access = access;
        this.sockets = access.authorities() == null ? null : trusting(access.authorities());
    }

    /** Returns a connection that is not yet open, with the token that the file now holds. */
    HttpURLConnection open(String path) throws IOException {
        URI uri = URI.create(access.server() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure && sockets != null) {
            secure.setSSLSocketFactory(sockets);
        }
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) READ.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Authorization", "Bearer " + token());
        return connection;
    }

    private String token() {
        try {
            return Files.readString(access.token(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED,
                    "the service account's token cannot be read from " + access.token()
                            + ": the pod must mount it (automountServiceAccountToken)",
                    e);
        }
    }

    private static SSLSocketFactory trusting(Path authorities) {
        try (InputStream pem = Files.newInputStream(authorities)) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, PemTrustStore.trustManagers(pem), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED,
                    "the API server's authorities cannot be read from " + authorities + ": " + e.getMessage(),
                    e);
        }
    }
}
