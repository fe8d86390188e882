package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rights of the API's callers, against a real API server. */
@QuarkusTest
@QuarkusTestResource(value = ClusterService.class, restrictToAnnotatedClass = true)
final class AuthorizationTest {
    private static final String JSON = "application/json";

    @TestHTTPResource("/")
    URI service;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String namespace = ClusterUser.newNamespace();
    private final ClusterUser ann = ClusterUser.editor(namespace, "ann");
    private final String jobs = "/api/v1/namespaces/" + namespace + "/jobs";

    private HttpResponse<String> send(String method, String path, @Nullable String token, String body, String... more)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).method(method, BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String manifest() {
        FileJob job = ClusterFixture.average("mean", 4);
        return ManifestReader.write(job);
    }

    private int get(String path, @Nullable String token) throws IOException, InterruptedException {
        return send("GET", path, token, "").statusCode();
    }

    private int post(String path, @Nullable String token) throws IOException, InterruptedException {
        return send("POST", path, token, manifest(), "Content-Type", "application/yaml")
                .statusCode();
    }

    /** Creates a job, and returns its path. */
    private String create() throws IOException, InterruptedException {
        HttpResponse<String> created = send("POST", jobs, ann.token(), manifest(), "Content-Type", "application/yaml");
        assertThat(created.statusCode()).isEqualTo(202);
        return jobs + "/"
                + Json.parse(created.body()).orElseThrow().at("/metadata/name").asText();
    }

    @Test
    void aRequestNeedsAValidTokenAndTheRightsOfItsCaller() throws Exception {
        ClusterUser reader = ClusterUser.viewer(namespace, "reader");
        ClusterUser stranger = ClusterUser.editor(ClusterUser.newNamespace(), "stranger");
        String job = create();
        assertThat(get(job, ann.token())).isEqualTo(200);

        assertThat(get(job, reader.token())).isEqualTo(200);
        assertThat(post(jobs, reader.token())).isEqualTo(403);

        assertThat(get(job, stranger.token())).isEqualTo(403);
        assertThat(post(jobs, stranger.token())).isEqualTo(403);

        String expired = ExpiredToken.of(ann.token());
        for (String token : new @Nullable String[] {null, "rubbish", expired, ann.token() + "x", ""}) {
            assertThat(get(job, token)).as(String.valueOf(token)).isEqualTo(401);
            assertThat(post(jobs, token)).as(String.valueOf(token)).isEqualTo(401);
        }
        assertThat(get("/q/openapi", null)).isEqualTo(401);
        assertThat(get("/q/health/ready", null)).isEqualTo(200);
    }

    @Test
    void onlyThoseWhoMayCreateJobsInTheNamespaceStoreFiles() throws Exception {
        ClusterUser reader = ClusterUser.viewer(namespace, "reader");
        String own = "/api/v1/files?namespace=" + namespace;
        assertThat(send("POST", own, ann.token(), "a\n1\n").statusCode()).isEqualTo(201);
        assertThat(send("POST", "/api/v1/files", ann.token(), "a\n1\n").body())
                .contains("may not create FileJobs in the namespace default");
        assertThat(send("POST", own, reader.token(), "a\n1\n").statusCode()).isEqualTo(403);
        String resumable = "/api/v1/uploads?namespace=" + namespace;
        String[] tus = {"Tus-Resumable", "1.0.0", "Upload-Length", "4"};
        assertThat(send("POST", resumable, ann.token(), "", tus).statusCode()).isEqualTo(201);
        assertThat(send("POST", resumable, reader.token(), "", tus).statusCode())
                .isEqualTo(403);
        String form =
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na\n1\n\r\n--x--\r\n";
        assertThat(send("POST", jobs, reader.token(), form, "Content-Type", "multipart/form-data; boundary=x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/api/v1/files", reader.token(), "").body()).doesNotContain("a.csv");
    }

    @Test
    void theApiServersMessageIsTheProblem() throws Exception {
        ClusterUser reader = ClusterUser.viewer(namespace, "reader");
        HttpResponse<String> refused =
                send("POST", jobs, reader.token(), manifest(), "Content-Type", "application/yaml");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body())
                .contains("User \\\"system:serviceaccount:" + namespace + ":reader\\\" cannot create resource");
    }

    @Test
    void theLoginPageKeepsAValidTokenInACookie() throws Exception {
        HttpResponse<String> start = send("GET", "/jobs?token=" + ann.token(), null, "", "Accept", "text/html");
        assertThat(start.statusCode()).isEqualTo(303);
        assertThat(start.headers().firstValue("Location")).hasValue("/login");
        assertThat(get("/login", null)).isEqualTo(200);

        HttpResponse<String> entered = login(ann.token());
        assertThat(entered.statusCode()).isEqualTo(303);
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .contains("HttpOnly")
                .contains("Secure")
                .contains("Path=/")
                .containsIgnoringCase("SameSite=Strict");
        String sent = cookie.substring(0, cookie.indexOf(';'));
        assertThat(send("GET", create(), null, "", "Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(send(
                                "POST",
                                jobs,
                                null,
                                manifest(),
                                "Cookie",
                                sent,
                                "Content-Type",
                                JSON,
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode())
                .isEqualTo(403);

        HttpResponse<String> refused = login("<b>rubbish</b>");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(login("rubbish").statusCode()).isEqualTo(401);
        assertThat(login("x".repeat(3900)).body()).contains("the API server does not accept the token");
        assertThat(login("x".repeat(3901)).body()).contains("not a token of at most 3900 characters");
        HttpResponse<String> left = send("POST", "/login/end", null, "", "Cookie", sent);
        assertThat(left.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }

    private HttpResponse<String> login(String token) throws IOException, InterruptedException {
        return send(
                "POST",
                "/login",
                null,
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
