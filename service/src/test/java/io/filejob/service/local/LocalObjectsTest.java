package io.filejob.service.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.filejob.service.job.Content;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.Content.RedirectedContent;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.JobName;
import io.filejob.service.job.ResultPart;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
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
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of local jobs in object storage. */
final class LocalObjectsTest {
    private static final String PARTS = "Song,Plays\na,1\nb,2\nc,3\nd,4\n";

    @TempDir
    Path folder;

    private Path data;
    private S3Server s3;

    @BeforeEach
    void start() throws IOException {
        data = folder.resolve("data");
        s3 = new S3Server(Files.createDirectory(folder.resolve("s3")));
        s3.bucket("songs");
        Path secrets = Files.createDirectories(data.resolve("secrets"));
        Files.copy(folder.resolve("s3/s3.env"), secrets.resolve(S3Server.SECRET));
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    private JobName complete(LocalJobs jobs, int parts) throws IOException {
        Path input = Files.writeString(folder.resolve("plays.csv"), "Song,Plays\na,1\nb,2\nc,3\nd,4\ne,x\n");
        JobName name = new JobName(
                JobName.LOCAL,
                jobs.create(
                                JobName.LOCAL,
                                LocalJobsOf.read("""
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: songs}
                        spec:
                          onBadRecord: skip
                          rejects: {uri: "s3://songs/out/bad.csv"}
                          input: {files: ["PATH"]}
                          operation:
                            aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays, as: Plays}]}
                          output: {uri: "s3://songs/out/totals.csv", parts: COUNT}
                          ACCESS
                        """.replace("PATH", input.toString())
                                        .replace("COUNT", Integer.toString(parts))
                                        .replace("ACCESS", s3.yaml())),
                                null)
                        .name());
        await().atMost(Duration.ofMinutes(2))
                .until(() -> JobFolder.isEnd(LocalJobsOf.status(jobs.get(name)).phase()));
        assertThat(LocalJobsOf.status(jobs.get(name)).phase())
                .as(LocalJobsOf.status(jobs.get(name)).message())
                .isEqualTo(Phase.COMPLETE);
        return name;
    }

    private static String text(ReadableContent content, long from, long length) throws IOException {
        try (InputStream in = content.open(from, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(ReadableContent content) throws IOException {
        return text(content, 0, content.size());
    }

    private static StreamedContent streamed(Content content) {
        assertThat(content).isInstanceOf(StreamedContent.class);
        return (StreamedContent) content;
    }

    @Test
    void resultsAreStreamedWithRangesAndTogether() throws Exception {
        try (LocalJobs jobs = LocalJobsOf.folder(data)) {
            JobName whole = complete(jobs, 1);
            StreamedContent result = streamed(jobs.result(whole));
            assertThat(result.fileName()).isEqualTo("totals.csv");
            assertThat(result.mediaType()).isEqualTo("text/csv");
            assertThat(text(result)).isEqualTo(PARTS);
            assertThat(text(result, 5, 5)).isEqualTo("Plays");
            assertThat(text(streamed(jobs.rejects(whole)))).contains("e,x");

            JobName several = complete(jobs, 3);
            assertThat(text(streamed(jobs.result(several)))).isEqualTo(PARTS);
            assertThat(jobs.parts(several))
                    .extracting(ResultPart::name)
                    .containsExactly("totals-1.csv", "totals-2.csv", "totals-3.csv");
            assertThat(text(streamed(jobs.part(several, 2)))).startsWith("Song,Plays\n");

            s3.client().deleteObject(request -> request.bucket("songs").key("out/totals-2.csv"));
            assertThatThrownBy(() -> jobs.part(several, 2))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                            .isEqualTo(ProblemType.NOT_FOUND));
        }
    }

    @Test
    void browsersThatReachTheStorageGetAUrlAndTheServiceStillReadsTheObject() throws Exception {
        try (LocalJobs jobs = LocalJobsOf.withDirectDownloads(data);
                HttpClient client = HttpClient.newHttpClient()) {
            JobName name = complete(jobs, 1);
            assertThat(jobs.result(name)).isInstanceOf(RedirectedContent.class);
            RedirectedContent result = (RedirectedContent) jobs.result(name);
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(result.location())
                            .header("Range", "bytes=5-9")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(206);
            assertThat(response.body()).isEqualTo("Plays");
            assertThat(response.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"totals.csv\"");
            assertThat(text(Objects.requireNonNull(result.source()).find())).isEqualTo(PARTS);
        }
    }

    @Test
    void withoutTheSecretTheFileIsNamed() throws Exception {
        try (LocalJobs jobs = LocalJobsOf.folder(data)) {
            JobName name = complete(jobs, 1);
            Files.delete(data.resolve("secrets").resolve(S3Server.SECRET));
            assertThatThrownBy(() -> jobs.result(name))
                    .hasMessageContaining("s3://songs/out/totals.csv cannot be read")
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                            .isEqualTo(ProblemType.UNAVAILABLE));
        }
    }
}
