package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.filejob.service.cluster.ClaimService;
import io.filejob.service.cluster.ClusterUser;
import io.filejob.testing.kubernetes.RealApiServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of a service in a cluster, for people with rights in one namespace, with a real API server; the claim of the
 * service is a folder.
 */
@QuarkusTest
@QuarkusTestResource(value = ClaimService.class, restrictToAnnotatedClass = true)
final class ClusterPagesTest {
    private static final String CUP = "Cup-1-0123456789ab.jpg";
    private static final String JOB = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: catalogue, namespace: NAMESPACE}
            spec:
              onBadRecord: skip
              rejects: {uri: "file:///data/bad.csv"}
              input: {files: ["file:///data/list.csv"]}
              operation: {compressImages: {to: {uri: "file:///data/images/"}}}
              output: {uri: "file:///data/with-images.csv"}
              volumes: [{name: data, claimName: CLAIM, mountPath: /data}]
            """;
    private static final String COMPLETE = """
            {"status": {"phase": "Complete", "message": "", "conditions": [], "result": {"digest": "sha256:0"}}}""";

    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = ClaimService.NAMESPACE)
    String namespace;

    @ConfigProperty(name = ClaimService.FOLDER)
    Path claim;

    @TempDir
    Path folder;

    private final String other = ClusterUser.newNamespace();

    private static void create(String in) {
        RealApiServer.get().apply(JOB.replace("NAMESPACE", in).replace("CLAIM", ClaimService.CLAIM));
        RealApiServer.get()
                .kubectl(
                        "",
                        "patch",
                        "filejob",
                        "catalogue",
                        "-n",
                        in,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        COMPLETE);
    }

    private Visit signedIn(ClusterUser user) {
        Visit visit = Visit.anonymous(service);
        visit.open("/login");
        visit.page().fill("#token", user.token());
        visit.page().click("button[type=submit]");
        visit.page().waitForURL("**/jobs");
        return visit;
    }

    @Test
    void imagesOnTheClaimAreShownToThoseWhoMaySeeTheJob() throws IOException {
        create(namespace);
        try (PictureServer pictures = PictureServer.start(folder)) {
            pictures.picture("cup.jpg", Color.ORANGE);
            Files.createDirectories(claim.resolve("images"));
            Files.copy(folder.resolve("cup.jpg"), claim.resolve("images").resolve(CUP));
            Files.writeString(claim.resolve("with-images.csv"), """
                    S. No.,Product Name,Input Image Urls,Output Image Urls
                    1,<i>Cup</i>,%1$s/cup.jpg,file:///data/images/%2$s
                    2,Plate,%1$s/missing.jpg,
                    """.formatted(pictures.url(), CUP));
            try (Visit visit = signedIn(ClusterUser.viewer(namespace, "ann"))) {
                Page page = visit.page();
                visit.open("/images?namespace=" + namespace);
                assertThat(page.locator(".shot")).hasCount(2);
                assertThat(page.locator(".shot").first()).containsText("<i>Cup</i>");
                page.waitForFunction(
                        "() => [...document.querySelectorAll('.shot img')].filter(i => i.complete && i.naturalWidth > 0).length === 1");
                // The addresses of this machine are refused, as for workers.
                assertThat(page.locator("text=Cannot be shown")).hasCount(2);
                assertThat(visit.takeConsole()).hasSize(2).allMatch(message -> message.contains("403"));
                assertThat(visit.violations()).isEmpty();
                visit.screenshot("images-cluster");
            }
            try (Visit visit = signedIn(ClusterUser.viewer(other, "bob"))) {
                visit.open("/images?namespace=" + namespace + "&job=catalogue");
                assertThat(visit.page().locator("main")).containsText("cannot list resource");
                assertThat(visit.takeConsole()).allMatch(message -> message.contains("403"));
                visit.open("/images/" + namespace + "/catalogue/" + CUP);
                assertThat(visit.page().locator("body")).containsText("cannot get resource");
                assertThat(visit.takeConsole()).allMatch(message -> message.contains("403"));
            }
        }
    }

    @Test
    void aPodThatReadsAnotherClaimIsStartedOnlyByThoseWhoAskForIt() {
        create(other);
        try (Visit visit = signedIn(ClusterUser.viewer(other, "eve"))) {
            Page page = visit.page();
            visit.open("/images?namespace=" + other);
            assertThat(page.locator("main")).containsText("on a volume that the service does not mount");
            assertThat(page.locator(".shot")).hasCount(0);
            visit.screenshot("images-pod");
            assertThat(visit.violations()).isEmpty();
            assertThat(RealApiServer.get().read("pods", "-n", other).path("items"))
                    .isEmpty();
            visit.open("/images?job=" + other + "/catalogue");
            assertThat(page.locator("main")).containsText("on a volume that the service does not mount");
            page.click("text=Show the images");
            assertThat(page.locator("main")).containsText("cannot create resource \"pods\"");
            assertThat(visit.takeConsole()).allMatch(message -> message.contains("403"));
        }
    }

    @Test
    void aPersonChoosesANamespaceThatAllPagesUse() {
        create(other);
        try (Visit visit = signedIn(ClusterUser.viewer(other, "cid"))) {
            Page page = visit.page();
            assertThat(page.locator("#list h2")).hasText("Choose a namespace");
            assertThat(page.locator("#list")).containsText("at the cluster scope");
            visit.screenshot("choose-namespace");
            assertThat(visit.violations()).isEmpty();
            page.fill("#namespace", namespace);
            page.press("#namespace", "Enter");
            assertThat(page.locator("#list")).containsText("You may not list the jobs of " + namespace);
            page.fill("#namespace", other);
            page.press("#namespace", "Enter");
            assertThat(page.locator("#list tbody tr")).containsText(new String[] {"catalogue"});
            page.waitForURL("**namespace=" + other + "*");
            visit.open("/jobs");
            assertThat(page.locator("#namespace")).hasValue(other);
            assertThat(page.locator("#list tbody tr")).hasCount(1);
            visit.screenshot("jobs-namespace");
            visit.open("/tables");
            assertThat(page.locator("h1")).hasText("No tables yet");
            visit.open("/jobs");
            page.fill("#namespace", "");
            page.press("#namespace", "Enter");
            assertThat(page.locator("#list h2")).hasText("Choose a namespace");
            page.waitForURL("**namespace=&*");
            visit.open("/tables");
            assertThat(page.locator("main")).containsText("choose a namespace on the page Jobs");
            visit.open("/jobs?namespace=No");
            assertThat(page.locator("main")).containsText("not the name of a namespace (No)");
            assertThat(visit.takeConsole())
                    .hasSize(2)
                    .allMatch(message -> message.contains("403") || message.contains("400"));
        }
    }

    @Test
    void aNewJobAndItsFileBelongToTheNamespaceThatIsEntered() {
        try (Visit visit = signedIn(ClusterUser.editor(other, "dan"))) {
            Page page = visit.page();
            visit.open("/new/songs");
            assertThat(page.locator("#namespace")).hasValue(namespace);
            page.fill("#namespace", other);
            page.setInputFiles("#upload-file", PageFiles.csv("plays.csv", "Song,Plays\na,1\n"));
            assertThat(page.locator("#upload-state")).containsText("Uploaded");
            visit.screenshot("new-songs-namespace");
            assertThat(visit.violations()).isEmpty();
            visit.open("/new/average");
            page.fill("#namespace", other);
            page.click("#run");
            page.waitForURL("**/jobs/" + other + "/average-*");
            assertThat(page.locator("h1")).containsText("average-");
        }
    }
}
