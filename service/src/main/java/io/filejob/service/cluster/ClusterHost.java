package io.filejob.service.cluster;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.filejob.cluster.PodEnvironment;
import io.filejob.service.ServiceSettings;
import io.filejob.service.access.Authentication;
import io.filejob.service.job.Caller;
import io.filejob.service.job.FileReferences;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.Jobs;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs of a cluster, in which the service has no right of its own but to list jobs, for its sweeper. */
public final class ClusterHost implements JobHost {
    private static final Duration TIDY = Duration.ofSeconds(10);

    private final CallerClients clients;
    private final CallerNames names;
    private final Optional<FilesInUse> filesInUse;
    private final ServiceStorage storage;
    private final @Nullable ReaderPods readers;
    private final String namespace;
    private final Clock clock;
    private final Vertx vertx;
    private final long tidying;

    /** Creates the host of the API server that the settings name, or else of this pod's. */
    public ClusterHost(ServiceSettings all, Vertx vertx, Clock clock) {
        ServiceSettings.ClusterSettings settings = all.cluster();
        ApiServerAccess access = new ApiServerAccess(
                settings.server().orElseGet(() -> ofPod(System.getenv())),
                settings.authorities().orElseGet(ClusterHost::authoritiesOfPod),
                new VertxHttpClientFactory(vertx));
        this.clients = new CallerClients(access, clock);
        this.filesInUse = settings.tokenFile()
                .map(token ->
                        new FilesInUse(access, token, settings.namespaces().orElse(List.of())));
        this.names = new CallerNames(clients, clock);
        this.storage = new ServiceStorage(
                OwnBucket.of(all),
                settings.claim()
                        .map(claim -> new ClaimFiles(claim, settings.claimNamespace(), settings.claimFolder()))
                        .orElse(null));
        this.readers = settings.readers()
                .image()
                .map(image -> new ReaderPods(
                        clients, settings.readers(), image, PodProcess::start, clock, ReaderPods.PATIENCE))
                .orElse(null);
        this.namespace = settings.namespace();
        this.clock = clock;
        this.vertx = vertx;
        this.tidying = vertx.setPeriodic(
                TIDY.toMillis(),
                _ -> vertx.executeBlocking(() -> {
                    tidy();
                    return true;
                }));
    }

    private void tidy() {
        if (readers != null) {
            readers.deleteIdle();
        }
        clients.removeExpired();
    }

    private static URI ofPod(Map<String, String> environment) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        if (host == null) {
            throw new IllegalStateException(
                    "FILEJOB_SERVICE_CLUSTER_SERVER: missing, and this is not a pod; set the URL of the API server");
        }
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("https://" + literal + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"));
    }

    private static @Nullable Path authoritiesOfPod() {
        Path file = PodEnvironment.SERVICE_ACCOUNT.resolve("ca.crt");
        return Files.exists(file) ? file : null;
    }

    @Override
    public Jobs jobs(Caller caller) {
        return new ClusterJobs(caller, clients, storage, readers, clock);
    }

    @Override
    public String defaultNamespace() {
        return namespace;
    }

    /** Returns the authentication of callers by the API server. */
    public Authentication authentication() {
        return names;
    }

    @Override
    public Optional<FileReferences> filesInUse(Duration afterEnd) {
        return filesInUse.map(files -> files.list(clock.instant().minus(afterEnd)));
    }

    @Override
    public Map<String, Integer> ownJobs() {
        return Map.of();
    }

    @Override
    public void close() {
        vertx.cancelTimer(tidying);
        if (readers != null) {
            readers.close();
        }
        clients.close();
    }
}
