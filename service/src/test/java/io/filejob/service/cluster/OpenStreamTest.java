package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.s3.S3Server;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams and downloads of a service in a cluster through HTTP, with a real API server. */
@QuarkusTest
@QuarkusTestResource(value = ClusterService.class, restrictToAnnotatedClass = true)
final class OpenStreamTest {
    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String namespace = ClusterUser.newNamespace();
    private final ClusterUser ann = ClusterUser.editor(namespace, "ann");

    private FileJob create(FileJob job) {
        try (ClusterFixture cluster = new ClusterFixture()) {
            return cluster.jobs(ann).create(namespace, job, null);
        }
    }

    private HttpRequest.Builder request(FileJob job, String part, ClusterUser user) {
        return HttpRequest.newBuilder(service.resolve("/api/v1/namespaces/" + namespace + "/jobs/" + job.name() + part))
                .header("Authorization", "Bearer " + user.token());
    }

    @Test
    void aStreamEndsWhenItsCallerLosesTheRights() throws Exception {
        FileJob job = create(ClusterFixture.average("long", 4));
        ClusterUser bob = ClusterUser.editor(namespace, "bob");
        ClusterUser cid = ClusterUser.viewer(namespace, "cid");
        try (BufferedReader ofAnn = open(job, ann);
                BufferedReader ofBob = open(job, bob);
                BufferedReader ofCid = open(job, cid)) {
            bob.removeRights();
            assertThat(rest(ofBob)).contains("event: problem").anyMatch(line -> line.contains("\"status\":403"));
            cid.revoke();
            assertThat(rest(ofCid)).contains("event: problem").anyMatch(line -> line.contains("\"status\":401"));
            RealApiServer.get().kubectl("", "delete", "filejob", job.name(), "-n", namespace);
            assertThat(rest(ofAnn)).contains("event: deleted").doesNotContain("event: problem");
        }
    }

    /** Opens a stream, and reads its first event. */
    private BufferedReader open(FileJob job, ClusterUser user) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request(job, "/events", user).build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        assertThat(line).contains(job.name());
        return lines;
    }

    private static List<String> rest(BufferedReader lines) {
        return lines.lines().toList();
    }

    @Test
    void aResultInObjectStorageIsAtAnotherUrl() throws Exception {
        try (S3Server s3 = new S3Server(folder)) {
            s3.bucket("files");
            s3.put("files", "out/r.csv", "a,n\n1,2\n".getBytes(StandardCharsets.UTF_8));
            s3.put("files", "out/bad.csv", "x\n".getBytes(StandardCharsets.UTF_8));
            ClusterFixture.createS3Secret(namespace);
            FileJob job = create(ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: totals}
                    spec:
                      input: {files: [/in.csv], format: {csv: {}}}
                      onBadRecord: skip
                      operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
                      output: {uri: "s3://files/out/r.csv"}
                      rejects: {uri: "s3://files/out/bad.csv"}
                    """ + s3.yaml().indent(2)));
            assertThat(client.send(request(job, "/result", ann).build(), BodyHandlers.ofString())
                            .statusCode())
                    .as("before the end of the job")
                    .isEqualTo(409);
            ClusterFixture.status(
                    job,
                    "{'phase': 'Complete', 'message': '', 'conditions': [], 'result': {'digest': 'sha256:0'},"
                            + " 'rejected': {'uri': 's3://files/out/bad.csv', 'samples': []}}");
            assertThat(moved(job, "/result")).isEqualTo("a,n\n1,2\n");
            assertThat(moved(job, "/rejects")).isEqualTo("x\n");
        }
    }

    /** Requests a file, and returns the content at the URL that the response names, which needs no token. */
    private String moved(FileJob job, String part) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(job, part, ann).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(307);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        URI location = URI.create(response.headers().firstValue("Location").orElseThrow());
        return client.send(HttpRequest.newBuilder(location).build(), BodyHandlers.ofString())
                .body();
    }
}
