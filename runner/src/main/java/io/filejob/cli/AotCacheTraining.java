package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.plan.Stage;
import io.filejob.trace.WorkerTrace;
import io.filejob.worker.MetricsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.postgresql.Driver;

/**
 * Trains the JVM's start-up cache: runs the manifest given as its argument and a small aggregation, serves metrics, sends a
 * span, and loads the classes of ingest, which would need a database to run. Its files are in a temporary folder, which the caller
 * must delete if it fails.
 */
final class AotCacheTraining {
    private static final int ROWS = 50_000;
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: training}
            spec:
              workers: 2
              input: {files: ["plays.csv"], sliceBytes: 256Ki}
              operation:
                aggregate:
                  groupBy: [song, date]
                  measures: [{function: sum, column: plays}, {function: count}, {function: max, column: plays}]
              output: {uri: totals.csv}
            """;

    private AotCacheTraining() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("training");
        Path manifest = Files.writeString(folder.resolve("job.yaml"), MANIFEST);
        Path plays = Files.writeString(folder.resolve("plays.csv"), plays(), StandardCharsets.UTF_8);
        Path profile = folder.resolve("flame.html");
        int status = run(arguments[0]) + run(manifest.toString(), "--profile", profile.toString());
        serve();
        loadAll(Driver.class);
        loadAll(AotCacheTraining.class);
        loadAll(FileJob.class);
        Files.deleteIfExists(folder.resolve("totals.csv"));
        Files.delete(profile);
        Files.delete(plays);
        Files.delete(manifest);
        Files.delete(folder);
        System.exit(status);
    }

    private static int run(String manifest, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", manifest, "--workers", "2", "-q", "-o", "json"));
        arguments.addAll(List.of(more));
        return Main.execute(arguments.toArray(String[]::new));
    }

    /** Responds to a request for metrics, as a process does with {@code --metrics-port}, and sends spans to the same server. */
    private static void serve() throws IOException {
        try (MetricsServer server = new MetricsServer(0)) {
            String url = "http://127.0.0.1:" + server.port();
            try (InputStream page = URI.create(url + "/metrics").toURL().openStream()) {
                page.transferTo(OutputStream.nullOutputStream());
            }
            trace(url);
        }
    }

    /** Sends a span, as a worker of a pod does if traces are on; the server's refusal is of no importance. */
    private static void trace(String url) {
        System.setProperty("otel.traces.exporter", "otlp");
        System.setProperty("otel.exporter.otlp.endpoint", url);
        String uid = UUID.randomUUID().toString();
        try (WorkerTrace trace = WorkerTrace.start(uid, "default", "training", 0, uid, _ -> {})) {
            Instant now = Instant.now();
            trace.failed(new Stage(Stage.Kind.MAP, 0, 1), 0, now, now, new IllegalStateException("none"));
        }
    }

    /** Loads all classes of the jar that contains {@code one}. */
    private static void loadAll(Class<?> one) throws IOException {
        URL jar = one.getProtectionDomain().getCodeSource().getLocation();
        try (ZipInputStream entries = new ZipInputStream(jar.openStream())) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF")) {
                    load(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, AotCacheTraining.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // The class depends on an optional library that FileJob does not include.
            return;
        }
    }

    private static String plays() {
        SplittableRandom random = new SplittableRandom(42);
        StringBuilder text = new StringBuilder("song,date,plays\n");
        for (int row = 0; row < ROWS; row++) {
            String song = "song " + random.nextInt(ROWS);
            text.append(random.nextInt(20) == 0 ? "\"" + song + ", live\"" : song)
                    .append(",2020-01-")
                    .append(10 + random.nextInt(20))
                    .append(',')
                    .append(random.nextInt(1000))
                    .append('\n');
        }
        return text.toString();
    }
}
