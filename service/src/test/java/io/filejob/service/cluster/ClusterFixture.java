package io.filejob.service.cluster;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.ServiceSettings.ReaderSettings;
import io.filejob.service.job.Jobs;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.s3.S3Server;
import io.filejob.validation.InvalidManifestException;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Jobs of users of the real API server. */
final class ClusterFixture implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final CallerClients clients;

    ClusterFixture() {
        this(RealApiServer.get().uri());
    }

    ClusterFixture(URI server) {
        clients = new CallerClients(
                new ApiServerAccess(server, RealApiServer.get().authorities(), new VertxHttpClientFactory(vertx)),
                Clock.systemUTC());
    }

    Jobs jobs(ClusterUser user) {
        return jobs(user, new ServiceStorage(null, null));
    }

    Jobs jobs(ClusterUser user, ServiceStorage storage) {
        return new ClusterJobs(user.caller(), clients, storage, null, Clock.systemUTC());
    }

    /** Returns jobs with files on claims that {@code readers} read. */
    Jobs jobs(ClusterUser user, ReaderPods readers) {
        return new ClusterJobs(user.caller(), clients, new ServiceStorage(null, null), readers, Clock.systemUTC());
    }

    /** Returns the pods that read claims, in which {@code starter} starts commands. */
    ReaderPods readers(ReaderSettings settings, ReaderProcess.Starter starter, Clock clock) {
        return readers(settings, starter, clock, ReaderPods.PATIENCE);
    }

    /** Returns such pods; reads of a volume that has many wait for {@code patience}. */
    ReaderPods readers(ReaderSettings settings, ReaderProcess.Starter starter, Clock clock, Duration patience) {
        return new ReaderPods(clients, settings, "filejob/runner:test", starter, clock, patience);
    }

    /** Returns a job that averages generated numbers. */
    static FileJob average(String name, int files) {
        try {
            return ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: NAME, labels: {team: a}}
                    spec:
                      workers: 2
                      input: {generate: {files: FILES, entriesPerFile: 100}}
                      operation: {average: {}}
                      output: {configMap: {name: NAME-result}}
                    """.replace("NAME", name).replace("FILES", Integer.toString(files)));
        } catch (InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a status as the operator does; {@code members} is JSON with single quotes. */
    static void status(FileJob job, String members) {
        RealApiServer.get()
                .kubectl(
                        "",
                        "patch",
                        "filejob",
                        job.name(),
                        "-n",
                        job.metadata().path("namespace").asText(),
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\": " + members.replace('\'', '"') + "}");
    }

    /** Creates the Secret with the credentials of {@link S3Server} in {@code namespace}. */
    static void createS3Secret(String namespace) {
        RealApiServer.get()
                .kubectl(
                        "",
                        "create",
                        "secret",
                        "generic",
                        S3Server.SECRET,
                        "-n",
                        namespace,
                        "--from-literal=AWS_ACCESS_KEY_ID=" + S3Server.ACCESS_KEY,
                        "--from-literal=AWS_SECRET_ACCESS_KEY=" + S3Server.SECRET_KEY);
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    @Override
    public void close() {
        clients.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
