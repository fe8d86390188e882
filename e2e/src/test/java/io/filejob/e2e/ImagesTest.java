package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.status.FileJobStatus;
import io.filejob.status.ImageCounts;
import io.filejob.status.ImagesResult;
import io.filejob.status.Phase;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.http.WebhookReceiver.Webhook;
import io.filejob.testing.tls.Authority;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A catalogue's images from a web server to a bucket, by two workers, one of which is killed. The receiver of the callback has
 * a certificate of a private authority.
 */
@NeedsNode
final class ImagesTest {
    private static final int ROWS = 300;
    /** The number of images that are fetched before one of the workers is killed. */
    private static final int FREE = 120;
    /** The key of signatures. */
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path folder;

    /** The administrator allows the server's address, and no other host. */
    @BeforeAll
    static void allowTheServer() {
        String only = "={" + Cluster.host() + "}";
        Operator.upgrade("--set", "worker.network.allowHosts" + only, "--set", "worker.network.allowPrivate" + only);
    }

    @AfterAll
    static void allowNothingAgain() {
        Operator.upgrade();
    }

    /** Applies the chart's policy for workers to the test's namespace, with the server as an allowed destination. */
    private void restrictEgress() {
        String policy = Cluster.helm(
                        "template",
                        Cluster.RELEASE,
                        Cluster.CHART,
                        "--namespace",
                        sandbox.namespace(),
                        "--set",
                        "networkPolicy.enabled=true",
                        "--set-json",
                        "worker.namespaces=[]",
                        "--set-json",
                        "networkPolicy.worker.allow=[{\"to\": [{\"ipBlock\": {\"cidr\": \"" + Cluster.host()
                                + "/32\"}}]}]",
                        "--show-only",
                        "templates/networkpolicy.yaml")
                .ok();
        Cluster.kubectlWith(policy, "apply", "-n", sandbox.namespace(), "-f", "-")
                .ok();
    }

    private static String manifest(String endpoint, String allowed, String more) {
        return """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: catalogue}
                spec:
                  workers: 2
                  onBadRecord: skip
                  input: {files: ["s3://catalogue/in/*.csv"]}
                  operation: {compressImages: {to: {uri: "s3://catalogue/images/"}, format: jpeg, quality: 40}}
                  output: {uri: "s3://catalogue/out/compressed.csv"}
                  rejects: {uri: "s3://catalogue/out/rejected.csv"}
                  network: {allowPrivate: ["%s"]}
                  s3: {endpoint: "%s", region: eu-west-1, pathStyle: true, credentialsSecret: {name: bucket}}
                  pod: {resources: {requests: {cpu: 50m, memory: 96Mi}, limits: {cpu: 900m, memory: 512Mi}}}
                  %s
                """.formatted(allowed, endpoint, more);
    }

    private Job submit(ObjectStorage storage, Path list, String more) throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.copy(list, in.resolve("list.csv"));
        storage.fill("catalogue", "in/", in);
        Cluster.kubectl(
                        "create",
                        "secret",
                        "generic",
                        "bucket",
                        "-n",
                        sandbox.namespace(),
                        "--from-env-file",
                        storage.secret().toString())
                .ok();
        return sandbox.submit(new Manifest(manifest(storage.endpoint(), Cluster.host(), more)));
    }

    @Test
    void everyImageIsInTheOutputAndInTheBucketOnceAfterAWorkerWasKilled() throws Exception {
        restrictEgress();
        Authority authority = new Authority(Files.createDirectory(folder.resolve("authority")));
        try (ObjectStorage storage = ObjectStorage.start();
                ImageServer server = new ImageServer(FREE);
                WebhookReceiver receiver =
                        WebhookReceiver.secure(Cluster.host(), authority.server("ip:" + Cluster.host()))) {
            StringBuilder list = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
            for (int row = 1; row <= ROWS; row++) {
                String first = server.url("product-" + row + "/front.png");
                String second = server.url((row % 50 == 0 ? "missing-" : "product-") + row + "/back.png");
                list.append(String.format(Locale.ROOT, "SKU/%d,\"Product, %d\",\"%s,%s\"%n", row, row, first, second));
            }
            Cluster.kubectl(
                            "create",
                            "secret",
                            "generic",
                            "hook",
                            "-n",
                            sandbox.namespace(),
                            "--from-literal=secret=" + KEY,
                            "--from-literal=ca.crt=" + authority.pem())
                    .ok();
            Job job = submit(
                    storage,
                    Files.writeString(folder.resolve("list.csv"), list),
                    "callback: {url: \"" + receiver.url() + "\", secret: {name: hook}}");
            job.await("slices of images are done", status -> Job.done(status) > 1);
            Job.await("the server lets requests wait").until(() -> server.requests() > FREE);
            Pod victim = job.runningPods().getFirst();
            Cluster.node(
                            "kill-container",
                            sandbox.namespace(),
                            victim.getMetadata().getName())
                    .ok();
            server.release();

            FileJobStatus status = job.await("Complete", now -> now.phase() == Phase.COMPLETE);

            ImageCounts counts = counts(status);
            assertThat(counts.in()).isEqualTo(2L * ROWS);
            assertThat(counts.failed()).isEqualTo(ROWS / 50);
            assertThat(counts.compressed()).isEqualTo(2L * ROWS - ROWS / 50);
            assertOutput(storage);
            assertThat(Files.readString(storage.file("catalogue", "out/rejected.csv")))
                    .contains("NotFound")
                    .hasLineCount(1 + ROWS / 50);
            assertThat(Cluster.kubectl("get", "fj", "catalogue", "-n", sandbox.namespace())
                            .ok())
                    .containsPattern("600 images, [0-9]+% smaller");
            Cluster.kubectl(
                            "wait",
                            "--for=condition=Notified",
                            "--timeout=4m",
                            "fj/catalogue",
                            "-n",
                            sandbox.namespace())
                    .ok();
            assertThat(receiver.webhooks()).hasSize(1);
            Webhook call = receiver.webhooks().getFirst();
            assertThat(call.isSigned(KEY)).isTrue();
            assertThat(call.body()).contains("\"filejob.complete\"", "\"catalogue\"", "\"in\":600");
        }
    }

    /** Checks that the rows are in file order, and that the bucket has the images that they name and no others. */
    private static void assertOutput(ObjectStorage storage) throws IOException {
        List<String> lines = Files.readAllLines(storage.file("catalogue", "out/compressed.csv"));
        assertThat(lines.getFirst()).isEqualTo("S. No.,Product Name,Input Image Urls,Output Image Urls");
        assertThat(lines).hasSize(1 + ROWS);
        TreeSet<String> named = new TreeSet<>();
        for (int row = 1; row <= ROWS; row++) {
            String line = lines.get(row);
            assertThat(line).startsWith(String.format(Locale.ROOT, "SKU/%d,\"Product, %d\",", row, row));
            List<String> urls = List.of(line.substring(line.lastIndexOf("\",\"") + 3, line.length() - 1)
                    .split(",", -1));
            assertThat(urls).hasSize(2);
            assertThat(urls.get(1).isEmpty()).isEqualTo(row % 50 == 0);
            for (String url : urls) {
                if (!url.isEmpty()) {
                    assertThat(url).matches("s3://catalogue/images/SKU!2F" + row + "-[12]-[0-9a-f]{12}\\.jpg");
                    assertThat(named.add(url.substring("s3://catalogue/images/".length())))
                            .isTrue();
                }
            }
        }
        // The worker that has completed the job is still deleting its lists.
        Job.await("only the named images are left")
                .untilAsserted(() -> assertThat(files(storage.file("catalogue", "images")))
                        .containsExactlyInAnyOrderElementsOf(named));
    }

    @Test
    void aRedriveFetchesTheFailedImageAndNoOther() throws IOException {
        try (ObjectStorage storage = ObjectStorage.start();
                ImageServer server = new ImageServer(FREE)) {
            Path list = Files.writeString(
                    folder.resolve("list.csv"),
                    "S. No.,Product Name,Input Image Urls\n1,Chair,\"%s,%s\"\n2,Lamp,%s\n"
                            .formatted(server.url("chair.png"), server.url("missing.png"), server.url("lamp.png")));
            Job job = submit(storage, list, "");
            FileJobStatus first = job.await("Complete", now -> now.phase() == Phase.COMPLETE);
            assertThat(counts(first).failed()).isEqualTo(1);
            int requests = server.requests();
            server.find();

            Cluster.kubectl("annotate", "fj/catalogue", "filejob.io/redrive=1", "-n", sandbox.namespace())
                    .ok();

            Job.await("the redrive is complete")
                    .until(job::status, now -> now.phase() == Phase.COMPLETE && "1".equals(now.redrive()));
            ImageCounts counts = counts(job.status());
            assertThat(counts.in()).isEqualTo(3);
            assertThat(counts.failed()).isZero();
            assertThat(server.requests() - requests).isEqualTo(1);
            assertThat(Files.readString(storage.file("catalogue", "out/compressed.csv")))
                    .contains("s3://catalogue/images/1-1-", "s3://catalogue/images/1-2-", "s3://catalogue/images/2-1-");
            Job.await("the three images are left")
                    .untilAsserted(() -> assertThat(files(storage.file("catalogue", "images")))
                            .hasSize(3));
        }
    }

    private static ImageCounts counts(FileJobStatus status) {
        return ((ImagesResult) Objects.requireNonNull(status.result())).images();
    }

    /** Returns the files in a folder that other processes change. */
    private static List<String> files(Path folder) throws IOException {
        List<String> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(folder.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException deleted) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** The administrator's list of hosts counts, whatever the spec allows. */
    @Test
    void aHostThatTheAdministratorDoesNotAllowIsNotReached() throws IOException {
        try (ObjectStorage storage = ObjectStorage.start()) {
            Path list = Files.writeString(
                    folder.resolve("list.csv"),
                    "S. No.,Product Name,Input Image Urls\n1,Chair,http://169.254.169.254/chair.png\n");
            Job job = submit(storage, list, "");
            FileJobStatus status = job.await("Complete", now -> now.phase() == Phase.COMPLETE);
            assertThat(counts(status).failed()).isEqualTo(1);
            assertThat(Files.readString(storage.file("catalogue", "out/rejected.csv")))
                    .contains("AddressRefused");
        }
    }
}
