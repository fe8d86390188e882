package io.filejob.operator.load;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.status.FileJobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the operator with many FileJobs at once and ledgers of the maximum size: the packaged operator, with the
 * heap of the chart's memory limit, against a real API server. Arguments: the folder quarkus-app, the number of
 * FileJobs, the heap.
 */
public final class OperatorLoad {
    private static final int NAMESPACES = 10;
    private static final int SLICES = 20_000;
    /** Time limit of a stage, so that the measurement ends even if the operator hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private static final Pattern AFTER_COLLECTION = Pattern.compile("\\d+M->(\\d+)M\\(");

    private final KubernetesClient client;
    private final int jobs;

    private OperatorLoad(KubernetesClient client, int jobs) {
        this.client = client;
        this.jobs = jobs;
    }

    /** Runs the measurement and prints one line per stage. The clients' threads would keep the process alive. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        measure(arguments);
        System.exit(0);
    }

    private static void measure(String[] arguments) throws IOException, InterruptedException {
        int jobs = Integer.parseInt(arguments[1]);
        KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        Config config = Config.fromKubeconfig(server.getKubeConfigYaml());
        Path log = Files.createTempFile("filejob-operator-", ".log");
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config).build())
                .build()) {
            client.load(Files.newInputStream(Path.of("../crds/filejobs.filejob.io-v1.yml")))
                    .serverSideApply();
            OperatorLoad load = new OperatorLoad(client, jobs);
            load.namespaces();
            Process operator = operator(config, Path.of(arguments[0]), arguments[2], log);
            try {
                load.run(operator, log);
            } finally {
                operator.destroyForcibly().waitFor();
            }
        } finally {
            server.stop();
        }
    }

    private static Process operator(Config config, Path app, String heap, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + heap,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xlog:gc",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        app.resolve("quarkus-run.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL", config.getMasterUrl(),
                        "QUARKUS_KUBERNETES_CLIENT_CA_CERT_FILE", config.getCaCertFile(),
                        "QUARKUS_KUBERNETES_CLIENT_CLIENT_CERT_FILE", config.getClientCertFile(),
                        "QUARKUS_KUBERNETES_CLIENT_CLIENT_KEY_FILE", config.getClientKeyFile(),
                        "FILEJOB_NAMESPACE", "filejob-system",
                        "FILEJOB_RUNNER_IMAGE", "localhost/filejob-runner:test"));
        return builder.start();
    }

    private static String namespace(int job) {
        return "load-" + job % NAMESPACES;
    }

    private void namespaces() {
        List<String> names = new ArrayList<>(List.of("filejob-system"));
        for (int i = 0; i < NAMESPACES; i++) {
            names.add(namespace(i));
        }
        names.forEach(name -> client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create());
    }

    private void run(Process operator, Path log) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<FileJobResource> created = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            FileJobResource job = Jobs.job(1, SLICES);
            job.getMetadata().setName("job-" + i);
            created.add(client.resource(Jobs.asNew(job, namespace(i))).create());
        }
        await(operator, status -> status.plan() != null);
        report("planned", start, operator, log);

        FullLedger ledger = FullLedger.of(client, created.getFirst());
        System.out.printf("ledgers of %,d bytes, limit %,d%n", ledger.bytes(), LedgerConfigMap.LIMIT);
        start = System.nanoTime();
        created.forEach(job -> client.resource(ledger.of(job)).create());
        report("written", start, operator, log);
        await(operator, status -> status.slices() != null && status.slices().done() > 0);
        report("read", start, operator, log);
    }

    private void await(Process operator, Predicate<FileJobStatus> expected) throws InterruptedException {
        long there = 0;
        long start = System.nanoTime();
        while (there < jobs) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException(
                        "after " + LIMIT.toMinutes() + " minutes " + there + " of " + jobs + " FileJobs are ready");
            }
            if (operator.waitFor(1, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the operator has ended with " + operator.exitValue());
            }
            there = client.resources(FileJobResource.class).inAnyNamespace().list().getItems().stream()
                    .filter(job -> job.getStatus() != null && expected.test(job.getStatus()))
                    .count();
        }
    }

    /** The largest heap after a collection so far, and the peak memory of the process. */
    private void report(String stage, long start, Process operator, Path log) throws IOException {
        int heap = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = AFTER_COLLECTION.matcher(line);
            if (matcher.find()) {
                heap = Math.max(heap, Integer.parseInt(matcher.group(1)));
            }
        }
        String memory = Files.readAllLines(Path.of("/proc/" + operator.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
        System.out.printf(
                "%,d FileJobs %s after %d s: heap after collections at most %d MiB, %s%n",
                jobs, stage, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), heap, memory);
    }
}
