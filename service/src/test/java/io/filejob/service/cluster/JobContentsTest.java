package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.cluster.StacksConfigMap;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.job.Content;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.ResultPart;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.S3Spec;
import io.filejob.spec.SecretReference;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of jobs in object storage and on a claim, with a real API server and a real S3 server. */
final class JobContentsTest {
    private static final String JOB = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: totals}
            spec:
              input: {files: [/in.csv], format: {csv: {}}}
              onBadRecord: skip
              operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
            """;

    @TempDir
    Path folder;

    private final String namespace = ClusterUser.newNamespace();
    private final ClusterUser ann = ClusterUser.editor(namespace, "ann");

    private JobName create(Jobs jobs, String more) throws Exception {
        FileJob job = jobs.create(namespace, ManifestReader.read(JOB + more.indent(2)), null);
        ClusterFixture.status(
                job,
                "{'phase': 'Complete', 'message': '', 'conditions': [], 'result': {'digest': 'sha256:0'}, 'rejected':"
                        + " {'uri': 'file:///data/out/bad.csv', 'samples': []}}");
        return new JobName(namespace, job.name());
    }

    private static void assertProblem(ThrowingCallable action, ProblemType type) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void anObjectIsReadByAUrlThatIsSignedWithTheSecretIfTheCallerMayReadIt() throws Exception {
        try (S3Server s3 = new S3Server(folder);
                ClusterFixture cluster = new ClusterFixture()) {
            s3.bucket("files");
            s3.put("files", "out/r 1.csv", "a,n\n1,2\n".getBytes(StandardCharsets.UTF_8));
            ClusterFixture.createS3Secret(namespace);
            Jobs jobs = cluster.jobs(ann);
            JobName name = create(jobs, "output: {uri: \"s3://files/out/r 1.csv\"}\n" + s3.yaml());
            assertThat(jobs.result(name)).isInstanceOfSatisfying(Content.RedirectedContent.class, content -> {
                assertThat(content.fileName()).isEqualTo("r_1.csv");
                assertThat(content.location().getHost()).isEqualTo("127.0.0.1");
                HttpResponse<String> response = get(content);
                assertThat(response.body()).isEqualTo("a,n\n1,2\n");
                assertThat(response.headers().firstValue("Content-Disposition"))
                        .hasValue("attachment; filename=\"r_1.csv\"");
            });
            assertProblem(
                    () -> cluster.jobs(ClusterUser.viewer(namespace, "bob")).result(name), ProblemType.FORBIDDEN);
        }
    }

    @Test
    void anObjectOutsideOfTheServicesBucketIsNotReadWithItsCredentials() throws Exception {
        S3Spec access = new S3Spec("http://127.0.0.1:1", null, true, null, null);
        ServiceStorage own =
                new ServiceStorage(new OwnBucket("s3://files/results/", access, access, Secrets.NONE), null);
        String s3 = "s3: {endpoint: \"ENDPOINT\"}\n";
        String mine = "http://127.0.0.1:1";
        try (ClusterFixture cluster = new ClusterFixture()) {
            Jobs jobs = cluster.jobs(ann, own);
            for (String more : List.of(
                    "output: {uri: \"s3://files/others/r.csv\"}\n" + s3.replace("ENDPOINT", mine),
                    "output: {uri: \"s3://files/results/r.csv\"}\n" + s3.replace("ENDPOINT", "http://127.0.0.1:2"),
                    "output: {uri: \"s3://files/results/r.csv\"}\n")) {
                JobName name = create(jobs, more);
                assertProblem(() -> jobs.result(name), ProblemType.FORBIDDEN);
            }
        }
    }

    @Test
    void aCompressedImageInAnotherBucketHasAUrlIfTheCallerMayReadTheSecret() throws Exception {
        try (S3Server s3 = new S3Server(folder);
                ClusterFixture cluster = new ClusterFixture()) {
            s3.bucket("files");
            s3.put("files", "images/cup-1-0123456789ab.jpg", "picture".getBytes(StandardCharsets.UTF_8));
            ClusterFixture.createS3Secret(namespace);
            Jobs jobs = cluster.jobs(ann);
            FileJob job = jobs.create(namespace, ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: images}
                    spec:
                      input: {files: ["s3://files/list.csv"]}
                      operation: {compressImages: {to: {uri: "s3://files/images/"}}}
                      output: {uri: "s3://files/out.csv"}
                      ACCESS
                    """.replace("ACCESS", s3.yaml())), null);
            ClusterFixture.status(job, "{'phase': 'Complete', 'message': '', 'conditions': []}");
            JobName name = new JobName(namespace, job.name());
            assertThat(jobs.image(name, "cup-1-0123456789ab.jpg"))
                    .isInstanceOfSatisfying(Content.RedirectedContent.class, content -> {
                        assertThat(content.source()).isNull();
                        assertThat(get(content).body()).isEqualTo("picture");
                    });
            assertProblem(
                    () -> cluster.jobs(ClusterUser.viewer(namespace, "bob")).image(name, "cup-1-0123456789ab.jpg"),
                    ProblemType.FORBIDDEN);
        }
    }

    private static HttpResponse<String> get(Content.RedirectedContent content) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(content.location()).build(), BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileIsReadOnlyFromTheServicesOwnClaimAndWithoutLinks() throws Exception {
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/r.csv"), "0123456789");
        Files.createSymbolicLink(folder.resolve("out/bad.csv"), Path.of("/etc/hostname"));
        String volumes = "volumes: [{name: d, claimName: CLAIM, mountPath: /data}]\n";
        String output = "output: {uri: FILE}\n";
        ServiceStorage own = new ServiceStorage(null, new ClaimFiles("files", namespace, folder));
        ServiceStorage elsewhere = new ServiceStorage(null, new ClaimFiles("files", "other", folder));
        try (ClusterFixture cluster = new ClusterFixture()) {
            Jobs jobs = cluster.jobs(ann, own);
            JobName name =
                    create(jobs, volumes.replace("CLAIM", "files") + output.replace("FILE", "file:///data/out/r.csv"));
            assertThat(jobs.result(name)).isInstanceOfSatisfying(Content.StreamedContent.class, content -> {
                assertThat(content.fileName()).isEqualTo("r.csv");
                assertThat(content.size()).isEqualTo(10);
                try (InputStream part = content.source().open(3, 4)) {
                    assertThat(part).hasContent("3456");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertProblem(() -> jobs.rejects(name), ProblemType.NOT_FOUND);
            assertProblem(() -> cluster.jobs(ann, elsewhere).result(name), ProblemType.NOT_FOUND);
            JobName ofOther =
                    create(jobs, volumes.replace("CLAIM", "others") + output.replace("FILE", "file:///data/out/r.csv"));
            assertProblem(() -> jobs.result(ofOther), ProblemType.NOT_FOUND);
        }
    }

    @Test
    void theFilesOfAnOutputAreReadTogetherFromTheServicesBucketAndClaim() throws Exception {
        String parts = "output: {uri: URI, parts: 2}\n";
        try (S3Server s3 = new S3Server(Files.createDirectories(folder.resolve("s3")));
                ClusterFixture cluster = new ClusterFixture()) {
            s3.bucket("files");
            s3.put("files", "results/r-1.csv", "a,n\n1,2\n".getBytes(StandardCharsets.UTF_8));
            s3.put("files", "results/r-2.csv", "a,n\n3,4\n".getBytes(StandardCharsets.UTF_8));
            Path out = Files.createDirectories(folder.resolve("claim/out"));
            Files.writeString(out.resolve("r-1.csv"), "a,n\n1,2\n");
            Files.writeString(out.resolve("r-2.csv"), "a,n\n3,4\n");
            Jobs jobs = cluster.jobs(
                    ann,
                    new ServiceStorage(ownBucket(s3), new ClaimFiles("files", namespace, folder.resolve("claim"))));
            JobName inBucket = create(jobs, parts.replace("URI", "\"s3://files/results/r.csv\"") + s3.yaml());
            JobName onClaim = create(
                    jobs,
                    "volumes: [{name: d, claimName: files, mountPath: /data}]\n"
                            + parts.replace("URI", "file:///data/out/r.csv"));
            for (JobName name : List.of(inBucket, onClaim)) {
                assertThat(jobs.parts(name))
                        .containsExactly(new ResultPart(1, "r-1.csv", 8L), new ResultPart(2, "r-2.csv", 8L));
                assertThat(text(jobs.result(name), 0, 12)).isEqualTo("a,n\n1,2\n3,4\n");
                assertThat(text(jobs.result(name), 6, 4)).isEqualTo("2\n3,");
                assertThat(text(jobs.part(name, 2), 4, 4)).isEqualTo("3,4\n");
                assertProblem(() -> jobs.part(name, 3), ProblemType.NOT_FOUND);
            }
            JobName elsewhere = create(jobs, parts.replace("URI", "\"s3://files/others/r.csv\"") + s3.yaml());
            assertThat(jobs.parts(elsewhere)).extracting(ResultPart::bytes).containsOnlyNulls();
            assertProblem(() -> jobs.result(elsewhere), ProblemType.NOT_FOUND);
        }
    }

    @Test
    void compressedImagesAreReadFromTheServicesBucket() throws Exception {
        String file = "1-1-0123456789ab.jpg";
        try (S3Server s3 = new S3Server(folder);
                ClusterFixture cluster = new ClusterFixture()) {
            s3.bucket("files");
            s3.put("files", "results/images/" + file, "jpeg".getBytes(StandardCharsets.UTF_8));
            s3.put("files", "results/images/job.yaml", "a: 1".getBytes(StandardCharsets.UTF_8));
            Jobs jobs = cluster.jobs(ann, new ServiceStorage(ownBucket(s3), null));
            FileJob created = jobs.create(
                    namespace,
                    ManifestReader.read(JOB.substring(0, JOB.indexOf("  operation")) + """
                      operation: {compressImages: {to: {uri: "s3://files/results/images/"}}}
                      output: {uri: "s3://files/results/out.csv"}
                      %s
                    """.formatted(s3.yaml())),
                    null);
            ClusterFixture.status(created, "{'phase': 'Complete', 'message': '', 'conditions': []}");
            JobName name = new JobName(namespace, created.name());
            assertThat(jobs.image(name, file).mediaType()).isEqualTo("image/jpeg");
            assertThat(text(jobs.image(name, file), 0, 4)).isEqualTo("jpeg");
            assertProblem(() -> jobs.image(name, "job.yaml"), ProblemType.NOT_FOUND);
            assertProblem(() -> jobs.image(name, "2-1-0123456789ab.jpg"), ProblemType.NOT_FOUND);
        }
    }

    private static OwnBucket ownBucket(S3Server s3) {
        S3Spec access = new S3Spec(s3.endpoint(), "us-east-1", true, new SecretReference(S3Server.SECRET), null);
        Map<String, String> keys =
                Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        return new OwnBucket("s3://files/results/", access, null, Secrets.readBy(_ -> keys));
    }

    private static String text(Content content, long offset, long length) throws IOException {
        try (InputStream in = ((Content.ReadableContent) content).open(offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theProfilesOfAllWorkersAreOneFlameGraphIfTheFileJobOwnsThem() throws Exception {
        try (ClusterFixture cluster = new ClusterFixture()) {
            Jobs jobs = cluster.jobs(ann);
            JobName name = create(jobs, "");
            assertProblem(() -> jobs.profile(name), ProblemType.NOT_FOUND);
            FileJob job = jobs.get(name);
            profile(job, "first", "io.filejob.A.run;io.filejob.A.read 5\n", true);
            profile(job, "second", "io.filejob.A.run;io.filejob.A.write 7\n", true);
            profile(job, "foreign", "someone.Else.run 90000\n", false);
            assertThat(jobs.profile(name)).isInstanceOfSatisfying(Content.StreamedContent.class, content -> {
                assertThat(content.fileName()).isEqualTo(job.name() + "-profile.html");
                try (InputStream page = content.source().open(0, content.size())) {
                    assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                            .contains("FileJob " + job.name() + ": 12 samples")
                            .doesNotContain("Else");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    private void profile(FileJob job, String map, String stacks, boolean isOwned) {
        String uid = job.metadata().path("uid").asText();
        RealApiServer.get().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  namespace: %s
                  labels: {filejob.io/job-uid: %s, filejob.io/role: profile}
                  %s
                binaryData: {stacks: "%s"}
                """.formatted(
                        map,
                        namespace,
                        uid,
                        isOwned
                                ? "ownerReferences: [{apiVersion: filejob.io/v1alpha1, kind: FileJob, name: "
                                        + job.name() + ", uid: " + uid + "}]"
                                : "",
                        Base64.getEncoder().encodeToString(StacksConfigMap.encode(stacks))));
    }
}
