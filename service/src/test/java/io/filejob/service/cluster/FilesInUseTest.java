package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.testing.kubernetes.RealApiServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service's own look at the jobs of a real API server. */
final class FilesInUseTest {
    private final Vertx vertx = Vertx.vertx();
    private final String namespace = ClusterUser.newNamespace();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private FilesInUse files(ClusterUser user, List<String> namespaces) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), user.token() + "\n");
        return new FilesInUse(
                new ApiServerAccess(
                        RealApiServer.get().uri(),
                        RealApiServer.get().authorities(),
                        new VertxHttpClientFactory(vertx)),
                token,
                namespaces);
    }

    @Test
    void onlyFilesOfJobsWithoutAnEndAreInUse() throws Exception {
        ClusterUser ann = ClusterUser.editor(namespace, "ann");
        String input = UUID.randomUUID().toString();
        String output = UUID.randomUUID().toString();
        String ended = UUID.randomUUID().toString();
        try (ClusterFixture cluster = new ClusterFixture()) {
            cluster.jobs(ann).create(namespace, job(input, output), null);
            FileJob over = cluster.jobs(ann).create(namespace, job(ended, ended), null);
            ClusterFixture.status(over, "{'phase': 'Complete', 'completionTime': '2027-03-01T12:00:00Z'}");
        }
        ClusterUser sweeper = ClusterUser.sweeper(namespace, "sweeper");
        FilesInUse files = files(sweeper, List.of(namespace));
        assertThat(files.list(Instant.parse("2027-03-01T12:00:00Z")).ids()).containsExactlyInAnyOrder(input, output);
        assertThat(files.list(Instant.parse("2027-03-01T11:59:59Z")).ids())
                .containsExactlyInAnyOrder(input, output, ended);
    }

    @Test
    void aServiceThatMayNotListAllJobsDoesNotTakeThemForEnded() throws IOException {
        ClusterUser sweeper = ClusterUser.sweeper(namespace, "sweeper");
        assertThatThrownBy(() -> files(sweeper, List.of()).list(Instant.EPOCH))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.FORBIDDEN));
        Files.delete(folder.resolve("token"));
        assertThatThrownBy(() -> new FilesInUse(
                                new ApiServerAccess(RealApiServer.get().uri(), null, new VertxHttpClientFactory(vertx)),
                                folder.resolve("token"),
                                List.of())
                        .list(Instant.EPOCH))
                .hasMessageContaining("token of this service");
    }

    private static FileJob job(String input, String output) throws Exception {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: totals}
                spec:
                  input: {files: ["s3://files/uploads/INPUT/data.csv"]}
                  operation: {aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays}]}}
                  output: {uri: "s3://files/results/OUTPUT/result.csv"}
                """.replace("INPUT", input).replace("OUTPUT", output));
    }
}
