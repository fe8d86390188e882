package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class ImagesPageTest {
    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    @Test
    void compressedImagesAndFailuresAreShown() throws IOException {
        String job;
        try (PictureServer images = PictureServer.start(folder)) {
            job = compress(images.url());
        }
        String name = job.substring(job.lastIndexOf('/') + 1);
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/images?job=" + name);
            assertThat(page.locator(".figures")).containsText("2 of 3");
            assertThat(page.locator(".shot")).hasCount(3);
            assertThat(page.locator(".shot").first()).containsText("<i>Chair</i>");
            page.waitForFunction(
                    "() => [...document.querySelectorAll('.shot img')].filter(i => i.complete && i.naturalWidth > 0).length === 2");
            assertThat(page.locator(".samples tbody tr")).hasCount(1);
            visit.screenshot("images");
            assertThat(visit.violations()).isEmpty();
        }
        try (Visit visit = Visit.signedIn(service, ColorScheme.DARK, 380)) {
            visit.open("/images?job=" + name);
            assertThat(visit.violations()).isEmpty();
            assertThat(visit.overflow()).isLessThanOrEqualTo(0);
        }
        ServiceClient client = new ServiceClient(service);
        for (String file :
                new String[] {"..%2Fjob.yaml", "job.yaml", "..%2F..%2Fx-1-0123456789ab.jpg", "x-1-0123456789ab.jpg"}) {
            assertThat(client.send("GET", "/images/local/" + name + "/" + file).statusCode())
                    .as(file)
                    .isIn(400, 404);
        }
    }

    private String compress(String url) throws IOException {
        picture("chair.jpg", Color.ORANGE);
        picture("lamp.jpg", Color.CYAN);
        Path csv = Files.writeString(folder.resolve("products.csv"), """
                S. No.,Product Name,Input Image Urls
                1,<i>Chair</i>,"%1$s/chair.jpg,%1$s/missing.jpg"
                2,Lamp,%1$s/lamp.jpg
                """.formatted(url));
        return PageJobs.ended(service, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: pictures}
                spec:
                  onBadRecord: skip
                  rejects: {uri: rejects.csv}
                  input: {files: ["%s"]}
                  operation: {compressImages: {to: {uri: images/}, quality: 30}}
                  output: {uri: products-with-images.csv}
                """.formatted(csv), "Complete");
    }

    private void picture(String name, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 480; i += 4) {
            graphics.setColor(i % 8 == 0 ? colour : colour.darker());
            graphics.fillOval(i / 2, i / 3, 640 - i, 480 - i);
        }
        graphics.dispose();
        ImageIO.write(image, "jpg", folder.resolve(name).toFile());
    }

    /** A web server of the files in a folder. */
    private record PictureServer(HttpServer server) implements AutoCloseable {
        static PictureServer start(Path folder) {
            HttpServer server = SimpleFileServer.createFileServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, OutputLevel.NONE);
            server.start();
            return new PictureServer(server);
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
