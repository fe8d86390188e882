package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People run FileJobs by the service of the chart, each with the rights of the own token. */
final class ServiceTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    @BeforeAll
    static void install() {
        ServiceAccess.install();
    }

    @AfterAll
    static void remove() {
        ServiceAccess.remove();
    }

    @Test
    void aJobHasTheBytesOfALocalRunAndItsCallersHaveTheirOwnRights() throws IOException {
        Optional<String> user = ServiceAccess.token(sandbox.namespace(), "ann", "user");
        Optional<String> reader = ServiceAccess.token(sandbox.namespace(), "bob", "reader");
        Manifest average = Manifest.small("average", 3);
        String manifest =
                average.with("spec.output", "{configMap: {name: by-service}}").yaml();
        try (ServiceAccess service = new ServiceAccess()) {
            URI jobs = service.jobs(sandbox.namespace());
            assertThat(service.send("POST", jobs, Optional.empty(), manifest).statusCode())
                    .isEqualTo(401);
            assertThat(service.send("POST", jobs, reader, manifest).statusCode())
                    .isEqualTo(403);
            URI job = URI.create(jobs + "/"
                    + ServiceAccess.json(service.send("POST", jobs, user, manifest))
                            .at("/metadata/name")
                            .asText());
            service.awaitComplete(job, user);

            URI result = URI.create(job + "/result");
            Path output = here.resolve("average.csv");
            Outcome.ofLocalRun(
                    average.with("spec.output", "{uri: '" + output + "'}").yaml());
            assertThat(service.send("GET", result, user, "").body()).isEqualTo(Files.readAllBytes(output));
            assertThat(service.send("GET", result, reader, "").body()).isEqualTo(Files.readAllBytes(output));
            assertThat(service.send("DELETE", job, reader, "").statusCode()).isEqualTo(403);
            assertThat(service.send("DELETE", job, user, "").statusCode()).isBetween(200, 299);
        }
    }

    @NeedsNode
    @Test
    void imagesOnAClaimAreShownByAPodOfTheirCaller() throws IOException {
        Optional<String> user = ServiceAccess.token(sandbox.namespace(), "dora", "user");
        ServiceAccess.bind(sandbox.namespace(), "dora", "claims");
        try (Volume volume = Volume.of(sandbox.namespace(), "cups").claimed();
                ServiceAccess service = new ServiceAccess()) {
            Path cup = volume.folder().resolve("cup.png");
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", cup.toFile());
            Files.writeString(
                    volume.folder().resolve("list.csv"),
                    "S. No.,Product Name,Input Image Urls\n1,Cup,file://" + cup + "\n");
            URI jobs = service.jobs(sandbox.namespace());
            String name = ServiceAccess.json(service.send("POST", jobs, user, """
                            apiVersion: filejob.io/v1alpha1
                            kind: FileJob
                            metadata: {name: cups}
                            spec:
                              input: {files: ["%1$s/list.csv"]}
                              operation: {compressImages: {to: {uri: "file://%1$s/images/"}}}
                              output: {uri: "file://%1$s/with-images.csv"}
                              volumes: [{name: data, claimName: cups, mountPath: "%1$s"}]
                            """.formatted(volume.folder())))
                    .at("/metadata/name")
                    .asText();
            service.awaitComplete(URI.create(jobs + "/" + name), user);

            String page = "/images?job=" + sandbox.namespace() + "/" + name;
            assertThat(text(service.send("GET", jobs.resolve(page), user, "")))
                    .contains("on a volume that the service does not mount");
            Path compressed;
            try (Stream<Path> images = Files.list(volume.folder().resolve("images"))) {
                compressed = images.findFirst().orElseThrow();
            }
            String images = "/images/" + sandbox.namespace() + "/" + name + "/";
            assertThat(text(service.send("GET", jobs.resolve(page + "&pod=true"), user, "")))
                    .contains("Cup", images + "original/0", images + compressed.getFileName());
            assertThat(service.send("GET", jobs.resolve(images + "original/0"), user, "")
                            .body())
                    .isEqualTo(Files.readAllBytes(cup));
            HttpResponse<byte[]> after = service.send("GET", jobs.resolve(images + compressed.getFileName()), user, "");
            assertThat(after.body()).isEqualTo(Files.readAllBytes(compressed));
            assertThat(after.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/");
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @NeedsNode
    @Test
    void aResultOnAClaimIsReadByAPodOfItsCaller() throws IOException {
        Optional<String> user = ServiceAccess.token(sandbox.namespace(), "ann", "user");
        Optional<String> downloader = ServiceAccess.token(sandbox.namespace(), "cleo", "user");
        ServiceAccess.bind(sandbox.namespace(), "cleo", "claims");
        try (Volume volume = Volume.of(sandbox.namespace(), "prices").claimed().withPrices(1, 16);
                ServiceAccess service = new ServiceAccess()) {
            Path there = volume.folder().resolve("totals.txt");
            Manifest totals = volume.average("totals", 2)
                    .with(
                            "spec.operation",
                            "{aggregate: {groupBy: [sku], measures: [{function: sum, column: price, as: total}]}}")
                    .with("spec.output", "{uri: 'file://" + there + "'}");
            Path store = volume.folder().resolve("partials");
            URI jobs = service.jobs(sandbox.namespace());
            URI job = URI.create(jobs + "/"
                    + ServiceAccess.json(service.send(
                                    "POST",
                                    jobs,
                                    user,
                                    totals.with("spec.store", "{uri: 'file://" + store + "'}")
                                            .yaml()))
                            .at("/metadata/name")
                            .asText());
            service.awaitComplete(job, user);

            URI result = URI.create(job + "/result");
            assertThat(service.send("GET", result, user, ""))
                    .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(403))
                    .satisfies(refused ->
                            assertThat(text(refused)).contains("ann\\\" cannot create resource \\\"pods\\\""));

            Path output = here.resolve("totals.csv");
            Outcome.ofLocalRun(
                    totals.with("spec.output", "{uri: '" + output + "'}").yaml());
            byte[] bytes = Files.readAllBytes(output);
            assertThat(bytes).hasSizeGreaterThan(1 << 20);
            HttpResponse<byte[]> whole = service.send("GET", result, downloader, "");
            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body()).isEqualTo(bytes).isEqualTo(Files.readAllBytes(there));
            int from = bytes.length - 100_000;
            HttpResponse<byte[]> end = service.range(result, downloader, "bytes=" + from + "-");
            assertThat(end.statusCode()).isEqualTo(206);
            assertThat(end.body()).isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
            Job.await("the pod is deleted").until(() -> Cluster.kubectl(
                            "get", "pods", "-n", sandbox.namespace(), "-l", "filejob.io/role=reader", "-o", "name")
                    .ok()
                    .isBlank());
        }
    }
}
