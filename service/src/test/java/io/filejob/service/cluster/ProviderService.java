package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.filejob.service.job.JobQuery;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.oidc.IdentityServer;
import io.filejob.testing.system.FolderRemoval;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts an identity provider that the real API server trusts, and the service of a test for both. */
public final class ProviderService implements QuarkusTestResourceLifecycleManager {
    private static @Nullable IdentityServer provider;

    private @Nullable Path folder;

    /** Returns the provider. */
    public static IdentityServer provider() {
        return Objects.requireNonNull(provider);
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("identities-");
            IdentityServer started = new IdentityServer(folder);
            provider = started;
            RealApiServer.get().trust(started.issuer(), Files.readString(started.certificate()), IdentityServer.CLIENT);
            awaitTrust(started.token("anybody"));
            Map<String, String> settings = new HashMap<>(new ClusterService().start());
            settings.put("filejob.service.cluster.oidc.issuer", started.issuer());
            settings.put("filejob.service.cluster.oidc.client-id", IdentityServer.CLIENT);
            settings.put("filejob.service.cluster.oidc.client-secret", IdentityServer.SECRET);
            settings.put(
                    "filejob.service.cluster.oidc.authorities",
                    started.certificate().toString());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitTrust(String token) {
        ClusterUser user = new ClusterUser("", "", token);
        try (ClusterFixture cluster = new ClusterFixture()) {
            ClusterFixture.soon()
                    .until(() -> catchThrowableOfType(ProblemException.class, () -> cluster.jobs(user)
                                            .list(JobQuery.all()))
                                    .type()
                            == ProblemType.FORBIDDEN);
        }
    }

    @Override
    public void stop() {
        if (provider != null) {
            provider.close();
        }
        if (folder != null) {
            try {
                FolderRemoval.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
