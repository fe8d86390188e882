package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.testing.s3.S3Server;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and their list in object storage. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class StoredImagesTest {
    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "filejob.service.local.data")
    Path data;

    @TempDir
    Path folder;

    @Test
    void imagesAndResultsInABucketAreShownAndDownloaded() throws Exception {
        try (S3Server s3 = new S3Server(Files.createDirectory(folder.resolve("s3")));
                PictureServer pictures = PictureServer.start(folder);
                Visit visit = Visit.signedIn(service)) {
            s3.bucket("shop");
            pictures.picture("chair.jpg", Color.ORANGE);
            s3.put("shop", "in/chair.jpg", Files.readAllBytes(folder.resolve("chair.jpg")));
            s3.put("shop", "in/list.csv", """
                    S. No.,Product Name,Input Image Urls
                    1,Chair,s3://shop/in/chair.jpg
                    """.getBytes(StandardCharsets.UTF_8));
            Files.createDirectories(data.resolve("secrets"));
            Files.copy(folder.resolve("s3/s3.env"), data.resolve("secrets").resolve(S3Server.SECRET));
            String path = PageJobs.ended(service, """
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: stored}
                    spec:
                      input: {files: ["s3://shop/in/list.csv"]}
                      operation: {compressImages: {to: {uri: "s3://shop/out/"}, quality: 30}}
                      output: {uri: "s3://shop/out/list.csv"}
                      ACCESS
                    """.replace("ACCESS", s3.yaml()), "Complete");

            Page page = visit.page();
            visit.open("/images?job=" + path.substring(path.lastIndexOf('/') + 1));
            page.waitForFunction(
                    "() => [...document.querySelectorAll('.shot img')].filter(i => i.complete && i.naturalWidth > 0).length === 2");
            visit.open(path);
            assertThat(page.locator("#preview tbody tr")).containsText(new String[] {"Chair"});
            String list = new String(s3.get("shop", "out/list.csv"), StandardCharsets.UTF_8);
            assertThat(Files.readString(page.waitForDownload(() -> page.click("text=Download"))
                            .path()))
                    .isEqualTo(list);
            HttpResponse<String> part = new ServiceClient(service)
                    .get(path.replace("/jobs/local/", "/api/v1/jobs/") + "/result", "Range", "bytes=7-18");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(list.substring(7, 19));
        }
    }
}
