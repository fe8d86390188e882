package io.filejob.kubernetes;

import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Address and credentials for the API server.
 *
 * @param server its URL, without a path
 * @param token file with the bearer token; read for every request, since tokens are replaced while pods run
 * @param authorities file in PEM with the certificates of the authorities that may have signed the server's
 * certificate; null for {@code http}
 * @param patience how long requests are retried while the server does not respond or responds with temporary errors
 */
public record ApiAccess(URI server, Path token, @Nullable Path authorities, Duration patience) {
    /** As long as a restart or move of an API server may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * Returns the access from within a pod. {@link PodEnvironment#API_URL}, {@link PodEnvironment#API_TOKEN_FILE} and
     * {@link PodEnvironment#API_CA_FILE} override the values that Kubernetes provides.
     */
    public static ApiAccess ofPod(Map<String, String> environment) {
        URI server = server(environment);
        Path token = file(environment, PodEnvironment.API_TOKEN_FILE, "token");
        Path authorities = file(environment, PodEnvironment.API_CA_FILE, "ca.crt");
        return new ApiAccess(server, token, "https".equals(server.getScheme()) ? authorities : null, PATIENCE);
    }

    private static URI server(Map<String, String> environment) {
        String url = environment.get(PodEnvironment.API_URL);
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        if (url == null && host == null) {
            throw new JobFailedException(
                    ExitCode.USAGE, "--config-map is for workers in a pod: KUBERNETES_SERVICE_HOST is not set");
        }
        String port = environment.getOrDefault(
                "KUBERNETES_SERVICE_PORT_HTTPS", environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"));
        String location = url != null ? url : "https://" + (isIp6(host) ? "[" + host + "]" : host) + ":" + port;
        try {
            return URI.create(location.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new JobFailedException(ExitCode.USAGE, "the API server's URL is none: " + location, e);
        }
    }

    private static boolean isIp6(@Nullable String host) {
        return host != null && host.contains(":");
    }

    private static Path file(Map<String, String> environment, String variable, String name) {
        String named = environment.get(variable);
        return named == null ? PodEnvironment.SERVICE_ACCOUNT.resolve(name) : Path.of(named);
    }
}
