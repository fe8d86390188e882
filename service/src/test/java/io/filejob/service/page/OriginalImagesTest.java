package io.filejob.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.cluster.PodEnvironment;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.ServiceSettings;
import io.filejob.service.job.SecretUrl;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.s3.S3Server;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.awt.Color;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Originals of images on a web server. */
final class OriginalImagesTest {
    @TempDir
    Path folder;

    private static OriginalImages originals(String host) {
        return new OriginalImages(settings(host), Map.of());
    }

    private static ServiceSettings settings(String host) {
        return new SmallRyeConfigBuilder()
                .withMapping(ServiceSettings.class)
                .withDefaultValue("user.home", "/home/ann")
                .withDefaultValue("filejob.service.host", host)
                .build()
                .getConfigMapping(ServiceSettings.class);
    }

    private static FileJob job(String network) throws Exception {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: images}
                spec:
                  input: {files: [/list.csv]}
                  operation: {compressImages: {to: {uri: /images/}}}
                  output: {uri: /out.csv}
                """ + network);
    }

    private static void assertProblem(ThrowingCallable action, ProblemType type) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void anImageIsFetchedWithTheTypeOfItsContentAndNothingElseIs() throws Exception {
        OriginalImages originals = originals("local");
        try (PictureServer server = PictureServer.start(folder)) {
            server.picture("chair.txt", Color.ORANGE);
            OriginalImages.OriginalImage image = originals.fetch(job(""), Secrets.NONE, server.url() + "/chair.txt");
            assertThat(image.type()).isEqualTo("image/jpeg");
            try (InputStream content = image.content()) {
                assertThat(content.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve("chair.txt")));
            }
            Files.writeString(folder.resolve("page.jpg"), "<html><body><script>alert(1)</script></body></html>");
            Files.writeString(folder.resolve("drawing.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
            for (String file : new String[] {"page.jpg", "drawing.svg", "missing.jpg"}) {
                assertProblem(
                        () -> originals.fetch(job(""), Secrets.NONE, server.url() + "/" + file), ProblemType.NOT_FOUND);
            }
        }
    }

    @Test
    void aClusterRefusesPrivateAddressesAndOtherSchemes() throws Exception {
        OriginalImages originals = originals("cluster");
        try (PictureServer server = PictureServer.start(folder)) {
            server.picture("chair.jpg", Color.ORANGE);
            // The permission of a job does not suffice without one of the administrator.
            for (String network : new String[] {"", "  network: {allowPrivate: [\"127.0.0.1\"]}\n"}) {
                assertProblem(
                        () -> originals.fetch(job(network), Secrets.NONE, server.url() + "/chair.jpg"),
                        ProblemType.FORBIDDEN);
            }
            for (String url : new String[] {folder.resolve("chair.jpg").toUri().toString(), "s3://images/chair.jpg"}) {
                assertProblem(() -> originals.fetch(job(""), Secrets.NONE, url), ProblemType.FORBIDDEN);
            }
        }
    }

    @Test
    void aClusterReadsABucketWithTheSecretOfTheJobWhereItsHostIsAllowed() throws Exception {
        try (S3Server s3 = new S3Server(Files.createDirectory(folder.resolve("s3")));
                PictureServer pictures = PictureServer.start(folder)) {
            pictures.picture("chair.jpg", Color.ORANGE);
            byte[] picture = Files.readAllBytes(folder.resolve("chair.jpg"));
            s3.bucket("shop");
            s3.put("shop", "in/chair 1.jpg", picture);
            s3.put("shop", "out/list.csv", "Product Name,Urls\nChair,x\n".getBytes(StandardCharsets.UTF_8));
            String network = "  network: {allowPrivate: [\"127.0.0.1\"]}\n";
            FileJob job = job("  " + s3.yaml() + "\n" + network);
            Secrets secrets = Secrets.of(List.of(s3.secretOption()));
            String url = "s3://shop/in/chair 1.jpg";

            OriginalImages allowed =
                    new OriginalImages(settings("cluster"), Map.of(PodEnvironment.ALLOW_PRIVATE, "127.0.0.1"));
            try (InputStream content = allowed.fetch(job, secrets, url).content()) {
                assertThat(content.readAllBytes()).isEqualTo(picture);
            }
            assertThat(allowed.rows(job, SecretUrl.of(job, "s3://shop/out/list.csv", secrets))
                            .rows())
                    .containsExactly(List.of("Chair", "x"));
            assertProblem(() -> allowed.fetch(job, secrets, "s3://shop/in/none.jpg"), ProblemType.NOT_FOUND);
            // Neither a job nor an administrator alone opens a private address.
            assertProblem(() -> originals("cluster").fetch(job, secrets, url), ProblemType.FORBIDDEN);
            assertProblem(() -> allowed.fetch(job("  " + s3.yaml() + "\n"), secrets, url), ProblemType.FORBIDDEN);
            // A Secret without keys must not lead to a signature with the credentials of the service.
            Secrets empty = Secrets.of(List.of("s3=" + Files.writeString(folder.resolve("empty.env"), "other=1\n")));
            assertProblem(() -> allowed.fetch(job, empty, url), ProblemType.UNAVAILABLE);
        }
    }
}
