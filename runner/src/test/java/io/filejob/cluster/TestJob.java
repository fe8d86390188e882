package io.filejob.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.kubernetes.ApiAccess;
import io.filejob.kubernetes.ApiServer;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.configmap.ConfigMapStore;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.kubernetes.FaultyProxy;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.validation.InvalidManifestException;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A job with the objects that the operator creates, in a separate namespace, behind a proxy. */
final class TestJob implements AutoCloseable {
    static final String NAME = "averages-0badcafe";
    static final String UID = "0badcafe-0000-4000-8000-000000000000";

    final String namespace = RealApiServer.get().namespace();
    final FaultyProxy proxy = new FaultyProxy();
    private final FileJob job;
    private final Path token;

    TestJob(String spec, int workers, Path folder) {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: averages}
                spec: {%s}
                """.formatted(spec);
        try {
            job = ManifestReader.read(manifest);
            token = Files.writeString(
                    folder.resolve("token-" + namespace), RealApiServer.get().token(namespace));
        } catch (InvalidManifestException | IOException e) {
            throw new AssertionError(e);
        }
        RealApiServer.get()
                .apply(String.format(
                        Locale.ROOT,
                        """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  namespace: %s
                  labels: {filejob.io/job-uid: %s, filejob.io/role: job}
                  annotations: {filejob.io/workers: "%d", filejob.io/protocol: "%d", filejob.io/fingerprint: "%s"}
                  ownerReferences:
                  - {apiVersion: filejob.io/v1alpha1, kind: FileJob, name: averages, uid: %s, controller: true, blockOwnerDeletion: true}
                data:
                  job.yaml: |
                %s
                """,
                        NAME,
                        namespace,
                        UID,
                        workers,
                        Cut.PROTOCOL,
                        plan().fingerprint().combined(),
                        UID,
                        manifest.indent(4).stripTrailing()));
    }

    FileJob job() {
        return job;
    }

    Plan plan() {
        return Planner.plan(job.spec(), new Storage(Path.of("/")));
    }

    ApiAccess access(URI server, Duration patience) {
        return new ApiAccess(server, token, RealApiServer.get().authorities(), patience);
    }

    Path token() {
        return token;
    }

    /** Returns the ConfigMaps with a worker's rights. */
    ConfigMaps configMaps() {
        return configMaps(Duration.ofSeconds(30));
    }

    ConfigMaps configMaps(Duration patience) {
        return new ConfigMaps(new ApiServer(access(proxy.uri(), patience)), namespace);
    }

    ConfigMapStore store() {
        ConfigMaps configMaps = configMaps();
        return store(configMaps, JobConfigMap.read(configMaps, NAME));
    }

    private ConfigMapStore store(ConfigMaps configMaps, JobConfigMap read) {
        return new ConfigMapStore(configMaps, read, plan().fingerprint(), Clock.systemUTC());
    }

    /** Returns the locations as a worker accesses them. */
    Storage storage() {
        ConfigMaps configMaps = configMaps();
        return Storage.ofPod(JobConfigMap.read(configMaps, NAME), configMaps, Secrets.NONE);
    }

    Worker worker(int index, int workers, Path folder) {
        ConfigMaps configMaps = configMaps();
        JobConfigMap read = JobConfigMap.read(configMaps, NAME);
        String attempt = UUID.randomUUID().toString();
        return new Worker(new WorkerSetup(
                job.spec(),
                plan(),
                store(configMaps, read),
                Storage.ofPod(read, configMaps, Secrets.NONE),
                null,
                null,
                new WorkerSetup.Identity(index, workers, attempt),
                folder.resolve(attempt),
                _ -> {},
                Clock.systemUTC()));
    }

    /** Creates a ledger that no worker of this job has written. */
    void addLedger(String name, String fingerprint, String done, String base64) {
        RealApiServer.get().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  namespace: %s
                  labels: {filejob.io/job-uid: %s, filejob.io/role: ledger}
                  annotations: {filejob.io/fingerprint: "%s", filejob.io/done: "%s"}
                binaryData: {ledger: "%s"}
                """.formatted(name, namespace, UID, fingerprint, done, base64));
    }

    /** Annotates the job's ConfigMap, as the operator does while the job runs. */
    void annotate(String... keysAndValues) {
        List<String> arguments =
                new ArrayList<>(List.of("annotate", "--overwrite", "-n", namespace, "configmap", NAME));
        arguments.addAll(List.of(keysAndValues));
        RealApiServer.get().kubectl("", arguments.toArray(String[]::new));
    }

    /** Returns the ledgers as the operator reads them. */
    JsonNode ledgers() {
        return RealApiServer.get()
                .read("-n", namespace, "configmap", "-l", ClusterNames.ROLE + "=" + ClusterNames.ROLE_LEDGER)
                .path("items");
    }

    @Override
    public void close() {
        proxy.close();
    }
}
