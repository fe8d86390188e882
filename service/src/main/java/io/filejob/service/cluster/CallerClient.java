package io.filejob.service.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that is closed when it has been retired and its last lease has ended. Thread-safe. */
final class CallerClient {
    private final KubernetesClient client;
    private int leases;
    private boolean isRetired;

    CallerClient(KubernetesClient client) {
        this.client = client;
    }

    /** A right to use the client until it is closed. */
    final class Lease implements AutoCloseable {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        private Lease() {}

        KubernetesClient client() {
            return client;
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                end();
            }
        }
    }

    /** Returns a lease; empty if the client has been retired. */
    synchronized Optional<Lease> lease() {
        if (isRetired) {
            return Optional.empty();
        }
        leases++;
        return Optional.of(new Lease());
    }

    private synchronized void end() {
        leases--;
        closeIfUnused();
    }

    /** Ends the time in which new leases begin. */
    synchronized void retire() {
        isRetired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (isRetired && leases == 0) {
            client.close();
        }
    }
}
