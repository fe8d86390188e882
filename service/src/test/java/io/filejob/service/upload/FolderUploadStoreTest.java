package io.filejob.service.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.security.Sha256;
import io.filejob.service.job.FileReferences;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.testing.time.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderUploadStoreTest {
    private static final FileReferences NO_JOBS = new FileReferences(Set.of(), Set.of(), Set.of());
    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final String ID = UUID.randomUUID().toString();
    private static final String TEXT = "Song,Plays\nA,1\n";

    @TempDir
    Path folder;

    private UploadStore store;

    @BeforeEach
    void open() {
        store = store(NOON);
    }

    private UploadStore store(Instant now) {
        return new FolderUploadStore(folder.resolve("uploads"), Duration.ofHours(1), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void anUploadIsAtItsLocationOnlyWhenItIsComplete() throws IOException {
        Upload created = store.create(ID, "me", "plays.csv", (long) TEXT.length());
        Path file = Path.of(URI.create(created.uri()));
        try (UploadWriter writer = store.open(ID, 0)) {
            writer.write(bytes(TEXT));
            assertThat(file).doesNotExist();
            assertThat(store.find(ID).orElseThrow().isComplete()).isFalse();
            assertThat(writer.complete()).isEqualTo(store.find(ID).orElseThrow());
        }
        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(store.find(ID).orElseThrow())
                .isEqualTo(new Upload(
                        ID,
                        "me",
                        "plays.csv",
                        (long) TEXT.length(),
                        TEXT.length(),
                        Sha256.of(TEXT),
                        created.uri(),
                        NOON.toString(),
                        NOON.plusSeconds(3600).toString()));
        assertThatThrownBy(() -> store.open(ID, TEXT.length()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.CONFLICT));
    }

    @Test
    void anUploadContinuesWhereAnotherProcessHasStopped() throws IOException {
        store.create(ID, "me", "plays.csv", null);
        try (UploadWriter writer = store.open(ID, 0)) {
            writer.write(bytes(TEXT.substring(0, 5)));
        }
        UploadStore restarted = store(NOON);
        Upload found = restarted.find(ID).orElseThrow();
        assertThat(found.bytes()).isEqualTo(5);
        assertThatThrownBy(() -> restarted.open(ID, 4))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.CONFLICT));
        try (UploadWriter writer = restarted.open(ID, 5)) {
            writer.write(bytes(TEXT.substring(5)));
            assertThat(writer.complete().digest()).isEqualTo(Sha256.of(TEXT));
        }
    }

    @Test
    void onlyOneWriterHasAnUpload() throws IOException {
        store.create(ID, "me", "plays.csv", null);
        try (UploadWriter writer = store.open(ID, 0)) {
            for (Runnable other : List.<Runnable>of(() -> store.open(ID, 0), () -> store.delete(ID))) {
                assertThatThrownBy(other::run)
                        .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                                .isEqualTo(ProblemType.LOCKED));
            }
            writer.write(bytes(TEXT));
        }
        store.open(ID, TEXT.length()).close();
    }

    @Test
    void aDeletedUploadLeavesNothing() throws IOException {
        store.create(ID, "me", "plays.csv", null);
        store.delete(ID);
        assertThat(store.find(ID)).isEmpty();
        assertThat(store.list()).isEmpty();
        try (Stream<Path> left = Files.list(folder.resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
        store.delete(ID);
        store.delete("../uploads");
        assertThat(folder.resolve("uploads")).exists();
    }

    @Test
    void expiredUploadsAreDeletedUnlessAJobReadsThem() throws IOException {
        String used = UUID.randomUUID().toString();
        String fresh = UUID.randomUUID().toString();
        store.create(ID, "me", "plays.csv", null);
        complete(store, ID);
        store.create(used, "me", "plays.csv", null);
        complete(store, used);
        UploadStore later = store(NOON.plusSeconds(1800));
        later.create(fresh, "me", "plays.csv", null);
        Path remains = Files.createDirectory(
                folder.resolve("uploads").resolve(UUID.randomUUID().toString()));
        Files.setLastModifiedTime(remains, FileTime.from(NOON));

        sweep(later, NOON.plusSeconds(3600), Optional.of(new FileReferences(Set.of(used), Set.of(), Set.of())));
        assertThat(later.list()).hasSize(4);
        sweep(later, NOON.plusSeconds(3601), Optional.of(new FileReferences(Set.of(used), Set.of(), Set.of())));
        assertThat(later.list()).extracting(Upload::id).containsExactlyInAnyOrder(used, fresh);
        assertThat(later.ownerOfExpired(ID)).hasValue("me");
        assertThat(later.ownerOfExpired(used)).isEmpty();
        assertThat(remains).doesNotExist();
        assertThat(Instant.parse(later.find(used).orElseThrow().expiry())).isEqualTo(NOON.plusSeconds(1800 + 3600));
        sweep(later, NOON.plusSeconds(1800 + 3601), Optional.of(NO_JOBS));
        assertThat(later.list()).isEmpty();
    }

    @Test
    void withoutAListOfJobsOnlyIncompleteUploadsAreDeleted() throws IOException {
        String incomplete = UUID.randomUUID().toString();
        store.create(ID, "me", "plays.csv", null);
        complete(store, ID);
        store.create(incomplete, "me", "plays.csv", null);
        sweep(store, NOON.plusSeconds(3601), Optional.empty());
        assertThat(store.list()).extracting(Upload::id).containsExactly(ID);
    }

    @Test
    void anUploadThatIsRenewedWhileJobsAreListedIsNotDeleted() throws IOException {
        store.create(ID, "me", "plays.csv", null);
        complete(store, ID);
        UploadStore later = store(NOON.plusSeconds(3601));
        Function<Duration, Optional<FileReferences>> jobs = _ -> {
            later.renew(ID);
            return Optional.of(NO_JOBS);
        };
        new FileSweeper(
                        later,
                        ResultStore.NONE,
                        jobs,
                        Duration.ofHours(1),
                        Clock.fixed(NOON.plusSeconds(3601), ZoneOffset.UTC))
                .sweep();
        assertThat(later.find(ID)).isPresent();
    }

    @Test
    void jobsAreListedOnlyIfACompleteUploadHasExpiredAndThenRarely() throws IOException {
        AtomicInteger listings = new AtomicInteger();
        TestClock clock = new TestClock();
        store = new FolderUploadStore(folder.resolve("uploads"), Duration.ofHours(1), clock);
        FileSweeper sweeper = new FileSweeper(
                store,
                ResultStore.NONE,
                _ -> {
                    listings.incrementAndGet();
                    clock.pass(Duration.ofSeconds(2));
                    return Optional.empty();
                },
                Duration.ofHours(1),
                clock);
        store.create(ID, "me", "plays.csv", null);
        complete(store, ID);
        sweeper.sweep();
        assertThat(listings).hasValue(0);
        clock.pass(Duration.ofSeconds(3601));
        sweeper.sweep();
        clock.pass(Duration.ofSeconds(199));
        sweeper.sweep();
        assertThat(listings).hasValue(1);
        clock.pass(Duration.ofSeconds(1));
        sweeper.sweep();
        assertThat(listings).hasValue(2);
    }

    private static void complete(UploadStore store, String id) throws IOException {
        try (UploadWriter writer = store.open(id, 0)) {
            writer.write(bytes(TEXT));
            writer.complete();
        }
    }

    @Test
    void anUploadThatIsStillReceivedIsNotDeleted() throws IOException {
        store.create(ID, "me", "plays.csv", null);
        try (UploadWriter writer = store.open(ID, 0)) {
            sweep(store, NOON.plusSeconds(7200), Optional.of(NO_JOBS));
            writer.write(bytes(TEXT));
            writer.complete();
        }
        assertThat(store.find(ID)).isPresent();
        sweep(store, NOON.plusSeconds(7200), Optional.of(NO_JOBS));
        assertThat(store.find(ID)).isEmpty();
    }

    private static void sweep(UploadStore store, Instant now, Optional<FileReferences> used) {
        new FileSweeper(store, ResultStore.NONE, _ -> used, Duration.ofHours(1), Clock.fixed(now, ZoneOffset.UTC))
                .sweep();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
