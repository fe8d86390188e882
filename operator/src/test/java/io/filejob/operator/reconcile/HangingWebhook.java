package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An admission webhook for the Jobs of a namespace that accepts connections and does not respond. */
final class HangingWebhook implements AutoCloseable {
    private final KubernetesClient client;
    private final ServerSocket listener;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<HasMetadata> configuration;

    HangingWebhook(KubernetesClient client, String namespace) throws IOException {
        this.client = client;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        this.configuration = client.load(
                        new ByteArrayInputStream(String.format(Locale.ROOT, """
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingWebhookConfiguration
                        metadata: {name: hangs-%1$s}
                        webhooks:
                          - name: hangs.filejob.io
                            admissionReviewVersions: [v1]
                            sideEffects: None
                            timeoutSeconds: 30
                            failurePolicy: Fail
                            clientConfig: {url: "https://127.0.0.1:%2$d/"}
                            rules: [{apiGroups: [batch], apiVersions: [v1], operations: [CREATE], resources: [jobs]}]
                            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                        """, namespace, listener.getLocalPort())
                                .getBytes(StandardCharsets.UTF_8)))
                .create();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connections.add(listener.accept());
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Removes the webhook; requests that wait for it fail. */
    @Override
    public void close() throws IOException {
        client.resourceList(configuration).delete();
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
