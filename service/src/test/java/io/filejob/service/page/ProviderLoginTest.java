package io.filejob.service.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.filejob.service.cluster.ClusterUser;
import io.filejob.service.cluster.ProviderService;
import io.filejob.testing.kubernetes.RealApiServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** People sign in at an identity provider that the real API server trusts. */
@QuarkusTest
@QuarkusTestResource(value = ProviderService.class, restrictToAnnotatedClass = true)
final class ProviderLoginTest {
    private static final String VIEWER = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: oidc-viewer}
            rules: [{apiGroups: [filejob.io], resources: [filejobs], verbs: [get, list, watch]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: oidc-viewer}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: oidc-viewer}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: "oidc:ann"}]
            """;

    @TestHTTPResource("/")
    URI service;

    @Test
    void aPersonSignsInAtTheProviderAndHasTheirOwnRights() {
        ClusterUser.newNamespace();
        RealApiServer.get().apply(VIEWER);
        ProviderService.provider().user("ann");
        try (Visit visit = Visit.anonymous(service)) {
            Page page = visit.page();
            visit.open("/jobs");
            visit.screenshot("sign-in");
            assertThat(visit.violations()).isEmpty();
            page.click("text=Sign in at 127.0.0.1");
            page.waitForURL("**/jobs");
            assertThat(page.locator("h1")).hasText("Jobs");
            Cookie cookie = page.context().cookies().stream()
                    .filter(each -> each.name.equals("__Host-filejob-token"))
                    .findFirst()
                    .orElseThrow();
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            assertThat(cookie.expires).isBetween(now(50), now(70));
            assertThat(page.context().cookies()).hasSize(1);
        }
    }

    private static double now(int minutes) {
        return Instant.now().plusSeconds(60L * minutes).getEpochSecond();
    }

    @Test
    void aPersonWithoutRightsIsTheOneWhomTheApiServerNames() {
        ClusterUser.newNamespace();
        ProviderService.provider().user("stranger");
        try (Visit visit = Visit.anonymous(service)) {
            Page page = visit.page();
            visit.open("/login");
            page.click("text=Sign in at 127.0.0.1");
            page.waitForURL("**/jobs");
            assertThat(page.locator("main")).containsText("oidc:stranger");
            // The browser reports the status of the page.
            assertThat(visit.takeConsole()).allMatch(message -> message.contains("403"));
        }
    }

    private HttpResponse<String> get(String url, String cookie) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(url));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static void assertRefused(HttpResponse<String> response, int status, String text) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(text);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void onlyTheBrowserThatBeganCanEndAndOnlyWithACodeOfTheProvider() throws Exception {
        HttpResponse<String> begun = get("/login/provider", "");
        assertThat(begun.statusCode()).isEqualTo(303);
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("Secure").containsIgnoringCase("SameSite=Lax");
        String attempt = cookie.substring(0, cookie.indexOf(';'));
        String state = attempt.substring(attempt.indexOf('=') + 1, attempt.indexOf('.'));
        String end = "/login/provider/return?state=" + state;

        assertRefused(get(end + "&code=x", ""), 400, "began in another browser");
        assertRefused(get("/login/provider/return?code=x&state=y", attempt), 400, "began in another browser");
        assertRefused(get(end + "&code=x", attempt), 401, "127.0.0.1 cannot be used: ");
        assertRefused(
                get(end + "&error=access_denied&error_description=%3Cb%3Eno%3C/b%3E", attempt),
                401,
                "has not signed you in: &lt;b&gt;no&lt;/b&gt;");
    }
}
