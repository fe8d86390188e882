package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.ErrorLog;
import io.filejob.service.LocalService;
import io.filejob.service.upload.Upload;
import io.filejob.service.upload.UploadStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Downloads and uploads that cannot go on, since their callers have lost the access or a file has shrunk, with a real API
 * server.
 */
@QuarkusTest
@QuarkusTestResource(value = ClaimService.class, restrictToAnnotatedClass = true)
final class InterruptedTransferTest {
    private static final String PIECE = "a,1\n".repeat(100);
    private static final long SIZE = 64L << 30;
    /** Much more than passes between two checks, and before the API server knows of a change. */
    private static final long LIMIT = SIZE / 2;

    private static final String JOB = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: totals}
            spec:
              input: {files: [/in.csv], format: {csv: {}}}
              operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
              volumes: [{name: data, claimName: files, mountPath: /data}]
              output: {uri: "file:///data/r.csv"}
            """;

    private static final String FORM = """
            --b
            Content-Disposition: form-data; name="template"

            songs
            --b
            Content-Disposition: form-data; name="file"; filename="a.csv"

            Song,Plays
            """;

    private ClusterUser owner;

    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = ClaimService.NAMESPACE)
    String namespace;

    @ConfigProperty(name = ClaimService.FOLDER)
    Path claim;

    @Inject
    UploadStore store;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void createOwner() {
        owner = ClusterUser.editor(namespace, "owner");
    }

    private HttpRequest.Builder request(String path, ClusterUser user) {
        return HttpRequest.newBuilder(service.resolve(path)).header("Authorization", "Bearer " + user.token());
    }

    private List<Upload> uploads(ClusterUser user) {
        return store.list().stream()
                .filter(upload -> upload.owner().equals(user.caller().name()))
                .toList();
    }

    /** Creates a complete job with a result of {@value #SIZE} bytes. */
    private FileJob complete() throws Exception {
        resize(SIZE);
        FileJob job;
        try (ClusterFixture cluster = new ClusterFixture()) {
            job = cluster.jobs(owner).create(namespace, ManifestReader.read(JOB), null);
        }
        ClusterFixture.status(
                job, "{'phase': 'Complete', 'message': '', 'conditions': [], 'result': {'digest': 'sha256:0'}}");
        return job;
    }

    private void resize(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(claim.resolve("r.csv").toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    /** Begins to download the result as {@code user}, and fails if it does not break after {@code change}. */
    private void breaks(ClusterUser user, Interruption change) throws Exception {
        FileJob job = complete();
        HttpResponse<InputStream> response = client.send(
                request("/api/v1/jobs/" + job.name() + "/result", user).build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body();
                ErrorLog errors = new ErrorLog()) {
            assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
            assertThat(in.readNBytes(10)).hasSize(10);
            change.happen();
            assertThatThrownBy(() -> in.skipNBytes(LIMIT)).isInstanceOf(IOException.class);
            assertThat(errors.messages()).isEmpty();
        }
    }

    /** What breaks a transfer. */
    private interface Interruption {
        void happen() throws Exception;
    }

    @Test
    void aDownloadBreaksIfItsCallerLosesTheAccess() throws Exception {
        ClusterUser bob = ClusterUser.viewer(namespace, "bob");
        breaks(bob, bob::removeRights);
    }

    @Test
    void aDownloadBreaksIfTheFileShrinks() throws Exception {
        breaks(owner, () -> resize(1 << 30));
    }

    @Test
    void anUploadIsRefusedAndNothingIsLeftOfIt() throws Exception {
        ClusterUser cid = ClusterUser.editor(namespace, "cid");
        try (SlowUpload upload = new SlowUpload(service, "POST /api/v1/files?name=a.csv", cid.token())) {
            upload.send(PIECE);
            ClusterFixture.soon().until(() -> !uploads(cid).isEmpty());
            cid.removeRights();
            assertThat(upload.refusal(PIECE)).contains(" 403 ");
        }
        ClusterFixture.soon().until(() -> uploads(cid).isEmpty());
    }

    @Test
    void aPartOfAResumableUploadIsRefusedAndItsBytesAreKept() throws Exception {
        ClusterUser dan = ClusterUser.editor(namespace, "dan");
        HttpResponse<String> created = client.send(
                request("/api/v1/uploads", dan)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(LocalService.MAX_UPLOAD))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow();
        try (SlowUpload upload = new SlowUpload(
                service,
                "PATCH " + path,
                dan.token(),
                "Tus-Resumable: 1.0.0",
                "Upload-Offset: 0",
                "Content-Type: application/offset+octet-stream")) {
            upload.send(PIECE);
            ClusterFixture.soon().until(() -> uploads(dan).getFirst().bytes() > 0);
            dan.revoke();
            assertThat(upload.refusal(PIECE)).contains(" 401 ");
        }
        assertThat(uploads(dan)).singleElement().satisfies(left -> assertThat(left.bytes())
                .isPositive());
    }

    @Test
    void aFormCreatesNoJobAndNothingIsLeftOfItsFile() throws Exception {
        ClusterUser eve = ClusterUser.editor(namespace, "eve");
        try (SlowUpload form = new SlowUpload(
                service, "POST /api/v1/jobs", eve.token(), "Content-Type: multipart/form-data; boundary=b")) {
            form.send(FORM.replace("\n", "\r\n"));
            form.send(PIECE);
            ClusterFixture.soon().until(() -> !uploads(eve).isEmpty());
            eve.removeRights();
            ClusterFixture.soon().until(() -> {
                form.send(PIECE);
                return uploads(eve).isEmpty();
            });
            form.send("\r\n--b--\r\n");
            form.end();
            assertThat(form.status()).contains(" 403 ");
        }
    }
}
