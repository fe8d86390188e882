package io.filejob.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.manifest.ManifestReader;
import io.filejob.service.job.Caller;
import io.filejob.service.job.FileReferences;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class ResultStoreTest {
    private static final Duration LIFE = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final String used = UUID.randomUUID().toString();
    private final String unused = UUID.randomUUID().toString();
    private final String unknown = UUID.randomUUID().toString();

    @Test
    void expiredResultsOnAClaimAreDeletedUnlessAJobKeepsThem() throws Exception {
        Path results = folder.resolve("results");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept.csv"), "a");
        ResultStore store = new FolderResultStore("/filejob/results/", results, folder.resolve("notes"));
        check(
                store,
                (key, content) -> {
                    try {
                        Path file = results.resolve(key);
                        Files.createDirectories(file.getParent());
                        Files.writeString(file, content);
                        Files.createSymbolicLink(file.resolveSibling(file.getFileName() + ".link"), elsewhere);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                key -> Files.exists(results.resolve(key)));
        assertThat(results.resolve(unused)).doesNotExist();
        assertThat(elsewhere.resolve("kept.csv")).exists();
    }

    @Test
    void expiredResultsInABucketAreDeletedUnlessAJobKeepsThem() throws Exception {
        try (S3Server server = new S3Server(folder)) {
            server.bucket("files");
            ResultStore store = new BucketResultStore(server.client(), "s3://files/results/");
            check(
                    store,
                    (key, content) -> server.client()
                            .putObject(
                                    request -> request.bucket("files").key("results/" + key),
                                    RequestBody.fromString(content)),
                    key -> server
                            .client()
                            .listObjectsV2(request -> request.bucket("files").prefix("results/" + key))
                            .contents()
                            .stream()
                            .anyMatch(object -> object.key().equals("results/" + key)));
        }
    }

    /** Renews two results by jobs, lets them expire, and sweeps. */
    private void check(ResultStore store, BiConsumer<String, String> write, Predicate<String> exists) throws Exception {
        for (String id : Set.of(used, unused, unknown)) {
            write.accept(id + "/result.csv", "a,b\n");
            write.accept(id + "/images/1.webp", "image");
        }
        UploadStore uploads = new FolderUploadStore(folder.resolve("uploads"), LIFE, Clock.systemUTC());
        for (String id : Set.of(used, unused)) {
            new FileRenewal(uploads, store)
                    .renew(ManifestReader.read("""
                                    apiVersion: filejob.io/v1alpha1
                                    kind: FileJob
                                    metadata: {name: totals}
                                    spec:
                                      input: {files: ["/data/plays.csv"]}
                                      operation: {aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays}]}}
                                      output: {uri: "%s%s/result.csv"}
                                    """.formatted(store.root(), id)), new Caller("ann", null));
        }
        assertThat(store.renewed()).containsOnlyKeys(used, unused);
        sweep(uploads, store, Instant.now());
        assertThat(store.renewed()).containsOnlyKeys(used, unused);

        Instant before = store.renewed().get(used);
        sweep(uploads, store, Instant.now().plus(LIFE).plusSeconds(10));
        assertThat(store.renewed()).containsOnlyKeys(used);
        assertThat(store.renewed().get(used)).isAfterOrEqualTo(before);
        for (String file : Set.of("/result.csv", "/images/1.webp")) {
            assertThat(exists.test(unused + file)).isFalse();
            assertThat(exists.test(used + file)).isTrue();
            assertThat(exists.test(unknown + file)).isTrue();
        }
    }

    private void sweep(UploadStore uploads, ResultStore store, Instant now) {
        new FileSweeper(
                        uploads,
                        store,
                        afterEnd -> Optional.of(new FileReferences(
                                afterEnd.equals(LIFE) ? Set.of(used) : Set.of(), Set.of(), Set.of())),
                        LIFE,
                        Clock.fixed(now, ZoneOffset.UTC))
                .sweep();
    }
}
