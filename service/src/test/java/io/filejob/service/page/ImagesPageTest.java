package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
        String name;
        try (PictureServer images = PictureServer.start(folder);
                Visit visit = Visit.signedIn(service)) {
            String job = compress(images);
            name = job.substring(job.lastIndexOf('/') + 1);
            Page page = visit.page();
            visit.open("/images?job=" + name);
            assertThat(page.locator(".shot").nth(1)).containsText("Cannot be shown");
            assertThat(visit.takeConsole()).allMatch(message -> message.contains("404"));
            assertThat(page.locator(".figures")).containsText("2 of 3");
            assertThat(page.locator(".shot")).hasCount(3);
            assertThat(page.locator(".shot").first()).containsText("<i>Chair</i>");
            page.waitForFunction(
                    "() => [...document.querySelectorAll('.shot img')].filter(i => i.complete && i.naturalWidth > 0).length === 4");
            assertThat(page.locator(".samples tbody tr")).hasCount(1);
            visit.screenshot("images");
            assertThat(visit.violations()).isEmpty();
        }
        try (Visit visit = Visit.signedIn(service, ColorScheme.DARK, 380)) {
            visit.open("/images?job=" + name);
            // The server has ended, so that the originals cannot be fetched any more.
            assertThat(visit.page().locator("text=Cannot be shown")).hasCount(3);
            assertThat(visit.takeConsole()).allMatch(message -> message.contains("404"));
            assertThat(visit.violations()).isEmpty();
            visit.screenshot("images");
            assertThat(visit.overflow()).isLessThanOrEqualTo(0);
        }
        ServiceClient client = new ServiceClient(service);
        for (String file :
                new String[] {"..%2Fjob.yaml", "job.yaml", "..%2F..%2Fx-1-0123456789ab.jpg", "x-1-0123456789ab.jpg"}) {
            assertThat(client.send("GET", "/images/local/" + name + "/" + file).statusCode())
                    .as(file)
                    .isIn(400, 404);
        }
        assertThat(client.send("GET", "/images/local/" + name + "/original/3").statusCode())
                .isEqualTo(404);
    }

    @Test
    void allProblemsOfADroppedListAreShownBeforeTheJobBegins() {
        try (Visit visit = Visit.signedIn(service)) {
            Page page = visit.page();
            visit.open("/new/images");
            page.setInputFiles("#upload-file", PageFiles.csv("list.csv", """
                    S. No.,Product Name,Input Image Urls
                    1,Cup,https://shop.example/1.jpg
                    ,Plate,https://shop.example/2.jpg
                    3,<i>Fork</i>,ftp://shop.example/3.jpg
                    """));
            assertThat(page.locator("#upload-state")).containsText("Uploaded");
            assertThat(page.locator("#draft")).containsText("The manifest is valid");
            page.click("#run");
            var problems = page.locator("#draft .problems li");
            assertThat(problems).hasCount(2);
            assertThat(problems.nth(0)).containsText("Line 3 of the file");
            assertThat(problems.nth(1)).containsText("Line 4 of the file");
            assertThat(problems.nth(1)).containsText("ftp://shop.example/3.jpg");
            visit.screenshot("list-problems");
            assertThat(visit.violations()).isEmpty();
            assertThat(page.url()).endsWith("/new/images");
        }
    }

    @Test
    void aDroppedListBecomesAJobWithImages() throws IOException {
        try (PictureServer images = PictureServer.start(folder);
                Visit visit = Visit.signedIn(service)) {
            images.picture("cup.jpg", Color.PINK);
            Page page = visit.page();
            visit.open("/new/images");
            page.setInputFiles("#upload-file", PageFiles.csv("list.csv", """
                    S. No.,Product Name,Input Image Urls
                    1,Cup,%s/cup.jpg
                    """.formatted(images.url())));
            assertThat(page.locator("#upload-state")).containsText("Uploaded");
            page.fill("#quality", "30");
            assertThat(page.locator("#draft-text")).containsText("quality: 30");
            assertThat(page.locator("#draft")).containsText("The manifest is valid");
            page.click("#run");
            assertThat(page.locator("#live .badge")).hasText("Complete");
            assertThat(page.locator("#preview tbody tr")).containsText(new String[] {"Cup"});
            String name = page.url().substring(page.url().lastIndexOf('/') + 1);
            visit.open("/images?job=" + name);
            page.waitForFunction(
                    "() => [...document.querySelectorAll('.shot img')].filter(i => i.complete && i.naturalWidth > 0).length === 2");
        }
    }

    private String compress(PictureServer images) throws IOException {
        images.picture("chair.jpg", Color.ORANGE);
        images.picture("lamp.jpg", Color.CYAN);
        String url = images.url();
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
}
