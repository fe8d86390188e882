package io.filejob.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.security.Sha256;
import io.filejob.service.job.FileReferences;
import io.filejob.service.problem.ProblemException;
import io.filejob.storage.Storage;
import io.filejob.storage.s3.S3Location;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

class S3UploadStoreTest {
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final int PART = 8 << 20;

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static S3Server server;

    private final String bucket = "uploads-" + BUCKETS.incrementAndGet();

    @BeforeAll
    static void start() {
        server = new S3Server(folder);
    }

    @BeforeEach
    void createBucket() {
        server.bucket(bucket);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private UploadStore store() {
        return store(Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private UploadStore store(Clock clock) {
        return new S3UploadStore(
                server.client(),
                S3Location.ofFolder("s3://" + bucket + "/files/"),
                () -> new Storage(folder),
                Duration.ofHours(1),
                clock);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, PART - 1, PART, PART + 1, 2 * PART + 5})
    void anObjectHasTheBytesOfTheUpload(int size) throws IOException {
        byte[] content = random(size);
        UploadStore store = store();
        String id = UUID.randomUUID().toString();
        Upload created = store.create(id, "me", "plays.csv", null);
        assertThat(created.uri()).isEqualTo("s3://" + bucket + "/files/" + id + "/data.csv");
        try (UploadWriter writer = store.open(id, 0)) {
            write(writer, content, 0, size);
            writer.complete();
        }
        Upload found = store.find(id).orElseThrow();
        assertThat(found.digest()).isEqualTo(Sha256.of(content));
        assertThat(found.bytes()).isEqualTo(size);
        assertThat(server.get(bucket, "files/" + id + "/data.csv")).isEqualTo(content);
        assertThat(unfinished()).isZero();
    }

    @Test
    void anUploadContinuesAfterEveryKindOfEnd() throws IOException {
        byte[] content = random(2 * PART + 100);
        String id = UUID.randomUUID().toString();
        store().create(id, "me", "plays.csv", null);
        int[] ends = {1, 2, PART - 1, PART, PART + 7, PART + 7, content.length};
        int from = 0;
        for (int end : ends) {
            // Another process has no digest of the beginning.
            UploadStore restarted = store();
            assertThat(restarted.find(id).orElseThrow().bytes()).isEqualTo(from);
            try (UploadWriter writer = restarted.open(id, from)) {
                write(writer, content, from, end);
                assertThat(writer.offset()).isEqualTo(end);
                if (end == content.length) {
                    writer.complete();
                }
            }
            from = end;
        }
        assertThat(store().find(id).orElseThrow().digest()).isEqualTo(Sha256.of(content));
        assertThat(server.get(bucket, "files/" + id + "/data.csv")).isEqualTo(content);
        assertThat(keys()).containsExactlyInAnyOrder("files/" + id + "/data.csv", "files/" + id + "/upload.json");
    }

    @Test
    void anUploadContinuesAfterThePartThatTheStorageRefused() throws IOException {
        byte[] content = random(2 * PART + 100);
        String id = UUID.randomUUID().toString();
        store().create(id, "me", "plays.csv", null);
        try (UploadWriter writer = store().open(id, 0)) {
            write(writer, content, 0, PART);
            server.refuseAfter(0);
            // The failure of the first part appears when the second one is full.
            assertThatThrownBy(() -> write(writer, content, PART, content.length))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("does not accept requests");
            server.refuseAfter(1_000_000);
        }
        UploadStore store = store();
        assertThat(store.find(id).orElseThrow().bytes()).isEqualTo(PART);
        try (UploadWriter writer = store.open(id, PART)) {
            write(writer, content, PART, content.length);
            writer.complete();
        }
        assertThat(store.find(id).orElseThrow().digest()).isEqualTo(Sha256.of(content));
        assertThat(server.get(bucket, "files/" + id + "/data.csv")).isEqualTo(content);
    }

    @Test
    void anUploadWithoutAllBytesIsNoObject() throws IOException {
        String id = UUID.randomUUID().toString();
        store().create(id, "me", "plays.csv", null);
        try (UploadWriter writer = store().open(id, 0)) {
            write(writer, random(PART + 10), 0, PART + 10);
        }
        assertThat(store().find(id).orElseThrow().isComplete()).isFalse();
        assertThat(keys()).doesNotContain("files/" + id + "/data.csv");
    }

    @Test
    void anUploadThatWasGivenUpIsAborted() throws IOException {
        UploadStore store = store();
        String id = UUID.randomUUID().toString();
        store.create(id, "me", "plays.csv", null);
        try (UploadWriter writer = store.open(id, 0)) {
            write(writer, random(PART + 10), 0, PART + 10);
        }
        // A process that was killed at once has left another one.
        server.client().createMultipartUpload(request -> request.bucket(bucket)
                .key("files/" + UUID.randomUUID() + "/data.csv"));
        // Others of the bucket are not this store's.
        for (String key : List.of("files/others/data.csv", "files-of-others/" + UUID.randomUUID() + "/data.csv")) {
            server.client()
                    .createMultipartUpload(request -> request.bucket(bucket).key(key));
            server.client().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("of others"));
        }
        assertThat(unfinished()).isEqualTo(4);
        new FileSweeper(
                        store,
                        ResultStore.NONE,
                        _ -> Optional.of(new FileReferences(Set.of(), Set.of(), Set.of())),
                        Duration.ofHours(1),
                        Clock.fixed(NOON.plus(Duration.ofDays(100_000)), ZoneOffset.UTC))
                .sweep();
        assertThat(unfinished()).isEqualTo(2);
        assertThat(keys()).hasSize(2).allMatch(key -> key.contains("others"));
    }

    @Test
    void anExpiredUploadIsDeletedOrRenewedIfAJobReadsIt() throws IOException {
        UploadStore store = store();
        String read = UUID.randomUUID().toString();
        String unread = UUID.randomUUID().toString();
        for (String id : List.of(read, unread)) {
            store.create(id, "me", "plays.csv", null);
            try (UploadWriter writer = store.open(id, 0)) {
                write(writer, random(10), 0, 10);
                writer.complete();
            }
        }
        Clock later = Clock.fixed(NOON.plus(Duration.ofHours(2)), ZoneOffset.UTC);
        UploadStore current = store(later);
        new FileSweeper(
                        current,
                        ResultStore.NONE,
                        _ -> Optional.of(new FileReferences(Set.of(read), Set.of(), Set.of())),
                        Duration.ofHours(1),
                        later)
                .sweep();
        assertThat(current.list()).extracting(Upload::id).containsExactly(read);
        assertThat(current.find(read).orElseThrow().expiry())
                .isEqualTo(NOON.plus(Duration.ofHours(3)).toString());
        assertThat(current.ownerOfExpired(unread)).hasValue("me");
    }

    private static void write(UploadWriter writer, byte[] content, int from, int end) throws IOException {
        for (int at = from; at < end; at += 1 << 16) {
            writer.write(ByteBuffer.wrap(Arrays.copyOfRange(content, at, Math.min(end, at + (1 << 16)))));
        }
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private long unfinished() {
        return server.client()
                .listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    private List<String> keys() {
        return server.client().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(object -> object.key())
                .toList();
    }
}
