package io.filejob.service.cluster;

import io.filejob.testing.kubernetes.RealApiServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts the service of a test for a real API server. */
public final class ClusterService implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "filejob.service.host",
                "cluster",
                "filejob.service.access-check",
                "PT1S",
                "filejob.service.cluster.server",
                RealApiServer.get().uri().toString(),
                "filejob.service.cluster.authorities",
                RealApiServer.get().authorities().toString());
    }

    @Override
    public void stop() {}
}
