package io.filejob.service.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Creates clients of the API server that present a caller's token and no other credentials.
 *
 * @param server the URL of the API server
 * @param authorities the PEM file with its authorities; null for those of the JVM
 * @param transport creates the connections; its threads are shared by all clients
 */
record ApiServerAccess(URI server, @Nullable Path authorities, HttpClient.Factory transport) {
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
    private static final int REQUEST_MILLIS = (int) Duration.ofSeconds(20).toMillis();
    private static final int RETRIES = 2;

    /** Returns a client that authenticates with {@code token} alone; the caller closes it. */
    KubernetesClient client(String token) {
        // An empty configuration reads neither a kubeconfig nor the service account of this pod.
        Config config = new ConfigBuilder(Config.empty())
                .withAutoConfigure(false)
                .withMasterUrl(server.toString())
                .withCaCertFile(authorities == null ? null : authorities.toString())
                .withOauthToken(token)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(REQUEST_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(transport)
                .build();
    }
}
