package io.filejob.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.security.Sha256;
import io.filejob.service.job.FileReferences;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.S3Spec;
import io.filejob.spec.SecretReference;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.PresignedParts;
import io.filejob.storage.s3.S3Location;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Two services with uploads in one bucket, which know nothing of each other. */
final class SharedBucketTest {
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final Clock LATER = Clock.fixed(NOON.plus(Duration.ofHours(2)), ZoneOffset.UTC);
    private static final String BUCKET = "shared";
    private static final int PART = 8 << 20;
    private static final int REPETITIONS = 10;

    @TempDir
    static Path folder;

    private static S3Server server;

    private final UploadStore first = store(Clock.fixed(NOON, ZoneOffset.UTC));
    private final UploadStore second = store(Clock.fixed(NOON, ZoneOffset.UTC));
    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        server = new S3Server(folder);
        server.bucket(BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static UploadStore store(Clock clock) {
        return new S3UploadStore(
                server.client(),
                S3Location.ofFolder("s3://" + BUCKET + "/files/"),
                () -> new Storage(folder),
                new PresignedParts(
                        new S3Spec(
                                server.endpoint(), S3Server.REGION, true, new SecretReference(S3Server.SECRET), null),
                        Secrets.readBy(_ -> Map.of(
                                "AWS_ACCESS_KEY_ID",
                                S3Server.ACCESS_KEY,
                                "AWS_SECRET_ACCESS_KEY",
                                S3Server.SECRET_KEY)),
                        Duration.ofHours(1)),
                Duration.ofHours(1),
                clock);
    }

    private static FileSweeper sweeper(UploadStore store, Set<String> used) {
        return new FileSweeper(
                store,
                ResultStore.NONE,
                _ -> Optional.of(new FileReferences(used, Set.of(), Set.of())),
                Duration.ofHours(1),
                LATER);
    }

    private static byte[] random(int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    private void append(UploadStore store, long offset, byte[] content, int from, int end, boolean isLast)
            throws IOException {
        try (UploadWriter writer = store.open(id, offset)) {
            writer.write(ByteBuffer.wrap(content, from, end - from));
            if (isLast) {
                writer.complete();
            }
        }
    }

    private List<String> keys() {
        return server
                .client()
                .listObjectsV2(request -> request.bucket(BUCKET).prefix("files/" + id))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    @Test
    void anUploadContinuesAtTheOtherService() throws IOException {
        byte[] content = random(2 * PART + 30, 1);
        first.create(id, "me", "plays.csv", null);
        append(first, 0, content, 0, PART + 10, false);
        append(second, PART + 10, content, PART + 10, PART + 20, false);
        // The digest of the first service is that of fewer bytes.
        append(first, PART + 20, content, PART + 20, content.length, true);
        assertThat(second.find(id).orElseThrow().digest()).isEqualTo(Sha256.of(content));
        assertThat(server.get(BUCKET, "files/" + id + "/data.csv")).isEqualTo(content);
    }

    @Test
    void theDigestIsThatOfTheStoredBytesIfBothServicesWriteAtOnce() throws IOException {
        byte[] one = random(20, 1);
        byte[] other = random(20, 2);
        first.create(id, "me", "plays.csv", null);
        try (UploadWriter mine = first.open(id, 0);
                UploadWriter theirs = second.open(id, 0)) {
            mine.write(ByteBuffer.wrap(one, 0, 10));
            theirs.write(ByteBuffer.wrap(other, 0, 10));
        }
        // The first service ended last, so that its bytes are stored; the second one has a digest of others.
        append(second, 10, one, 10, 20, true);
        assertThat(server.get(BUCKET, "files/" + id + "/data.csv")).isEqualTo(one);
        assertThat(first.find(id).orElseThrow().digest()).isEqualTo(Sha256.of(one));
    }

    @Test
    void anUploadThatTheOtherServiceHasCompletedStaysAsItIs() throws IOException {
        byte[] content = random(PART + 10, 3);
        first.create(id, "me", "plays.csv", null);
        try (UploadWriter late = first.open(id, 0)) {
            append(second, 0, content, 0, content.length, true);
            assertThatThrownBy(() -> {
                        late.write(ByteBuffer.wrap(random(PART + 10, 4)));
                        late.complete();
                    })
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(first.find(id).orElseThrow().digest()).isEqualTo(Sha256.of(content));
        assertThat(server.get(BUCKET, "files/" + id + "/data.csv")).isEqualTo(content);
    }

    @Test
    void nothingIsLeftOfAnUploadThatTheOtherServiceHasDeletedMeanwhile() throws IOException {
        first.create(id, "me", "plays.csv", null);
        try (UploadWriter late = first.open(id, 0)) {
            late.write(ByteBuffer.wrap(random(10, 5)));
            second.delete(id);
        }
        assertThat(first.find(id)).isEmpty();
        Clock muchLater = Clock.fixed(NOON.plus(Duration.ofDays(100_000)), ZoneOffset.UTC);
        new FileSweeper(
                        store(muchLater),
                        ResultStore.NONE,
                        _ -> Optional.of(new FileReferences(Set.of(), Set.of(), Set.of())),
                        Duration.ofHours(1),
                        muchLater)
                .sweep();
        assertThat(keys()).isEmpty();
    }

    @Test
    void oneSweeperDoesNotDeleteWhatTheOtherServiceHasRenewed() throws IOException {
        first.create(id, "me", "plays.csv", null);
        append(first, 0, random(10, 6), 0, 10, true);
        store(LATER).renew(id);
        sweeper(second, Set.of()).sweep();
        assertThat(first.find(id).orElseThrow().expiry())
                .isEqualTo(NOON.plus(Duration.ofHours(3)).toString());
    }

    @Test
    void anUploadThatTheOtherServiceIsDeletingIsNotRenewed() throws IOException {
        first.create(id, "me", "plays.csv", null);
        append(first, 0, random(10, 7), 0, 10, true);
        // The other service has been killed after it had decided.
        server.client()
                .putObject(request -> request.bucket(BUCKET).key("files/" + id + "/deletion"), RequestBody.empty());
        assertThatThrownBy(() -> store(LATER).renew(id))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.FILE_EXPIRED));
        // The next sweep after its expiry deletes it.
        Clock end = Clock.fixed(NOON.plus(Duration.ofHours(9)), ZoneOffset.UTC);
        store(end).deleteExpired(id, end.instant());
        assertThat(keys()).isEmpty();
    }

    @Test
    void anUploadThatBothServicesCompleteAtOnceIsWhole() throws Exception {
        byte[] content = random(20, 8);
        MultipartUploads mine = first.multipart().orElseThrow();
        MultipartUploads theirs = second.multipart().orElseThrow();
        for (int i = 0; i < REPETITIONS; i++) {
            String upload = UUID.randomUUID().toString();
            SentPart part = put(mine.begin(upload, "me", "plays.csv", content.length, 1), content);
            List<Future<Upload>> completions;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                completions = threads.invokeAll(List.of(
                        () -> mine.complete(upload, List.of(part), null),
                        () -> theirs.complete(upload, List.of(part), null)));
            }
            assertThat(completions)
                    .anyMatch(completion -> completion.state() == Future.State.SUCCESS)
                    .allSatisfy(completion -> {
                        if (completion.state() == Future.State.FAILED) {
                            assertThat(completion.exceptionNow())
                                    .isInstanceOfSatisfying(
                                            ProblemException.class, problem -> assertThat(problem.type())
                                                    .isEqualTo(ProblemType.CONFLICT));
                        } else {
                            assertThat(completion.resultNow().digest()).isEqualTo(Sha256.of(content));
                        }
                    });
            assertThat(theirs.complete(upload, List.of(part), null).digest()).isEqualTo(Sha256.of(content));
            assertThat(server.get(BUCKET, "files/" + upload + "/data.csv")).isEqualTo(content);
        }
    }

    /** Sends the only part of an upload to the storage. */
    private static SentPart put(MultipartState begun, byte[] content) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(begun.parts().getFirst().url()))
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                    .build();
            return new SentPart(
                    1,
                    client.send(request, HttpResponse.BodyHandlers.discarding())
                            .headers()
                            .firstValue("ETag")
                            .orElseThrow());
        }
    }
}
