package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.ledger.LostPartialException;
import io.filejob.storage.compression.SourceStream;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of every folder, and of one in a bucket. */
final class FolderTest {
    /** Size of an upload in three parts with a small last one. */
    private static final int LARGE = (16 << 20) + 5;

    @TempDir
    private static Path shared;

    private static S3Server server;
    private static Storage storage;

    enum Kind {
        DIRECTORY,
        S3
    }

    @BeforeAll
    static void start() {
        server = new S3Server(shared);
        server.bucket("things");
        storage = S3Access.storage(server, shared);
    }

    @AfterAll
    static void stop() {
        storage.close();
        server.close();
    }

    private static Folder open(Kind kind) {
        String name = UUID.randomUUID().toString();
        return storage.folder(
                switch (kind) {
                    case DIRECTORY -> name + "/below";
                    case S3 -> "s3://things/" + name + "/below";
                });
    }

    /** Another worker may repeat the slice of a lost file, and clean up, while this one reads the file. */
    @ParameterizedTest
    @EnumSource
    void aFileThatIsReplacedWhileItIsReadKeepsItsContentOrIsLost(Kind kind) throws IOException {
        assertKeptOrLost(kind, folder -> put(folder, "a", new byte[] {4, 5, 6}));
        assertKeptOrLost(kind, folder -> put(folder, "a", new byte[] {4}));
        assertKeptOrLost(kind, folder -> folder.delete("a"));
    }

    private static void assertKeptOrLost(Kind kind, Consumer<Folder> change) throws IOException {
        Folder folder = open(kind);
        put(folder, "a", new byte[] {1, 2, 3});
        byte[] bytes = new byte[3];
        try (ByteSource source = folder.open("a")) {
            change.accept(folder);
            switch (kind) {
                case DIRECTORY -> {
                    assertThat(source.read(0, bytes, 0, 3)).isEqualTo(3);
                    assertThat(bytes).containsExactly(1, 2, 3);
                }
                case S3 ->
                    assertThatThrownBy(() -> source.read(0, bytes, 0, 3))
                            .isInstanceOfSatisfying(LostPartialException.class, lost -> assertThat(lost.file())
                                    .isEqualTo("a"));
            }
        }
    }

    /** A worker then repeats its slice. */
    @ParameterizedTest
    @EnumSource
    void aFileThatIsMissingIsALostPartialResult(Kind kind) {
        Folder folder = open(kind);
        put(folder, "a", new byte[1]);
        folder.delete("a");
        assertThatThrownBy(() -> folder.open("a"))
                .isInstanceOfSatisfying(LostPartialException.class, lost -> assertThat(lost.file())
                        .isEqualTo("a"))
                .hasMessageContaining(folder.location("a"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedIsThereWhole(Kind kind) throws IOException {
        Folder folder = open(kind);
        assertThat(folder.list()).isEmpty();
        assertThat(folder.find("a")).isEmpty();
        put(folder, "a", "first".getBytes(StandardCharsets.UTF_8));
        put(folder, "b", new byte[0]);
        assertThat(folder.find("a"))
                .hasValueSatisfying(content -> assertThat(content).asString().isEqualTo("first"));
        assertThat(folder.list()).extracting(Folder.Entry::name).containsExactlyInAnyOrder("a", "b");
        assertThat(folder.list()).extracting(Folder.Entry::size).containsExactlyInAnyOrder(5L, 0L);
        assertThat(read(folder, "a")).asString().isEqualTo("first");
        assertThat(read(folder, "b")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsClearedIsGoneWithUnfinishedFiles(Kind kind) {
        Folder folder = open(kind);
        folder.clear();
        put(folder, "a", "first".getBytes(StandardCharsets.UTF_8));
        PendingFile unfinished = folder.create("b", "killed");
        unfinished.write(new byte[LARGE], 0, LARGE);
        folder.clear();
        assertThat(folder.list()).isEmpty();
        assertThat(folder.find("a")).isEmpty();
        assertThatThrownBy(unfinished::commit).isInstanceOf(JobFailedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aLargeFileIsReadAsItWasWrittenFromAnywhere(Kind kind) throws IOException {
        Folder folder = open(kind);
        byte[] content = new byte[LARGE];
        new Random(7).nextBytes(content);
        put(folder, "large", content);
        assertThat(Arrays.equals(read(folder, "large"), content)).isTrue();
        try (ByteSource source = folder.open("large")) {
            assertThat(source.size()).isEqualTo(LARGE);
            byte[] some = new byte[100];
            for (long at : new long[] {LARGE - 100, 0, 9_000_000, 8 << 20}) {
                int read = source.read(at, some, 0, some.length);
                assertThat(Arrays.copyOf(some, read)).isEqualTo(Arrays.copyOfRange(content, (int) at, (int) at + read));
            }
            assertThat(source.read(LARGE, some, 0, some.length)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatReplacesAnotherIsAnotherVersion(Kind kind) {
        Folder folder = open(kind);
        put(folder, "a", new byte[] {1});
        String version = folder.list().getFirst().version();
        put(folder, "a", new byte[] {2});
        assertThat(folder.list()).hasSize(1);
        assertThat(folder.list().getFirst().version()).isNotEqualTo(version);
        assertThat(folder.find("a")).hasValue(new byte[] {2});
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotCommittedIsNotThere(Kind kind) {
        Folder folder = open(kind);
        put(folder, "a", new byte[] {1});
        for (int size : new int[] {3, LARGE}) {
            try (PendingFile file = folder.create("a", "one")) {
                file.write(new byte[size], 0, size);
                assertThat(folder.list()).extracting(Folder.Entry::size).containsExactly(1L);
            }
        }
        assertThat(folder.find("a")).hasValue(new byte[] {1});
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRemovedIsNotThereAnyMore(Kind kind) {
        Folder folder = open(kind);
        put(folder, "a", new byte[] {1});
        folder.delete("a");
        folder.delete("a");
        assertThat(folder.list()).isEmpty();
        assertThat(folder.find("a")).isEmpty();
        assertThatThrownBy(() -> folder.open("a"))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContaining(folder.location("a"));
    }

    @Test
    void anUploadThatIsGivenUpLeavesNoParts() {
        Folder folder = open(Kind.S3);
        try (PendingFile file = folder.create("a", "one")) {
            file.write(new byte[LARGE], 0, LARGE);
            assertThat(uploads()).isPositive();
        }
        assertThat(uploads()).isZero();
    }

    private static int uploads() {
        return server.client()
                .listMultipartUploads(request -> request.bucket("things"))
                .uploads()
                .size();
    }

    private static void put(Folder folder, String name, byte[] content) {
        try (PendingFile file = folder.create(name, "one")) {
            // In chunks that do not match the parts of an upload.
            for (int at = 0; at < content.length; at += 1_000_003) {
                file.write(content, at, Math.min(1_000_003, content.length - at));
            }
            file.commit();
        }
    }

    private static byte[] read(Folder folder, String name) throws IOException {
        try (ByteSource source = folder.open(name)) {
            source.expect(0, source.size());
            return new SourceStream(source).readAllBytes();
        }
    }
}
